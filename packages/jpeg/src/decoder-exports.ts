import { decoderModule } from './decoder.generated.ts';
import type { JpegMemory } from './decode-jpeg.ts';

/** What `assembly/index.ts` exports. */
export interface DecoderExports {
  readonly tablesEnd: { readonly value: number };
  startArena(address: number): void;
  reserve(bytes: number): number;
  arenaEnd(): number;
  setQuantisation(destination: number, at: number): void;
  buildHuffmanTable(isAc: boolean, destination: number, at: number): number;
  setComponent(index: number, across: number, down: number, quantisation: number, dc: number, ac: number): void;
  decodeScan(
    at: number,
    end: number,
    width: number,
    height: number,
    components: number,
    restartInterval: number,
  ): number;
  startRows(width: number, height: number, components: number): void;
  writeRows(target: number, from: number, to: number): void;
}

let compiled: WebAssembly.Module | null = null;

const instances = new WeakMap<JpegMemory, DecoderExports>();

/** The decoder whose tables lie in a memory: one for each, made at its first image. */
export function decoderOf(memory: JpegMemory): DecoderExports {
  const known = instances.get(memory);
  if (known) return known;
  if (memory.buffer.byteLength === 0) memory.grow(1);
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(decoderModule), (character) => character.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: memory as WebAssembly.Memory } });
  const decoder = exports as unknown as DecoderExports;
  instances.set(memory, decoder);
  return decoder;
}
