import { readPixelsWasm } from './pixels-wasm.ts';

/** What `assembly/index.ts` exports. */
export interface PixelsProgram {
  resetArena(): void;
  claim(end: number): void;
  reserve(bytes: number): number;
  startResampling(
    width: number,
    from: number,
    count: number,
    rows: number,
    output: number,
    weights: number,
    groups: number,
    fourPixels: boolean,
  ): void;
  takeRgb(at: number, from: number, to: number): void;
  takeRgba(at: number, from: number, to: number): void;
  writeInput(
    target: number,
    rows: number,
    weights: number,
    groups: number,
    bytes: number,
    step: number,
    plane: number,
  ): void;
  channelTable(channel: number): number;
  setReversed(isReversed: boolean): void;
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The program in `pixels.wasm`, which works in this memory.
 * @throws QualmError `backend-unavailable` where that file is not there.
 */
export async function openPixelsProgram(wasmFile: URL | string, memory: WebAssembly.Memory): Promise<PixelsProgram> {
  const { exports } = await WebAssembly.instantiate(await compile(wasmFile), { env: { memory } });
  return exports as unknown as PixelsProgram;
}

/** Compiled once; what failed is tried again. */
function compile(file: URL | string): Promise<WebAssembly.Module> {
  const key = String(file);
  const known = compiled.get(key) ?? readPixelsWasm(file).then((bytes) => WebAssembly.compile(bytes));
  compiled.set(key, known);
  known.catch(() => compiled.delete(key));
  return known;
}
