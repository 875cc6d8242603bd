import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileLeftBehind } from '@qualm/types';
import type { OwnFile } from '@qualm/types';

/** Where `pixels.wasm` is unless an option names another place. */
export const pixelsWasm: URL = new URL('../dist/pixels.wasm', import.meta.url);

/** The bytes of `pixels.wasm`.
 * @throws QualmError `backend-unavailable` where it is not there.
 */
export async function readPixelsWasm(place: URL | string): Promise<Uint8Array> {
  return readFile(place).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? fileLeftBehind('backend-unavailable', wasmFile('resize', place), { cause }) : cause;
  });
}

/** @throws QualmError `backend-unavailable` unless there is a file. */
export function assertPixelsWasm(where: string, place: URL | string): void {
  if (!existsSync(place)) throw fileLeftBehind('backend-unavailable', wasmFile(where, place));
}

function wasmFile(where: string, place: URL | string): OwnFile {
  return { where, file: 'pixels.wasm', place, advice: 'name its place with the option `wasm`' };
}
