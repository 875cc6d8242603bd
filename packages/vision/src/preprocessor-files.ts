import { existsSync } from 'node:fs';
import { fileLeftBehind, filePlace } from '@qualm/types';
import { assertPixelsWasm, pixelsWasm } from './pixels-wasm.ts';

/** The files that decoding opens. */
export interface PreprocessorFiles {
  readonly worker: URL | string;
  readonly wasm: URL | string;
}

const ownWorker = new URL('../dist/worker.js', import.meta.url);
const where = 'createPreprocessor';

/** The files that were named, or else those of this package. They are held against the disk before
 * the first image comes: without them every image of a run would fail.
 * @throws QualmError `backend-unavailable` where one is not there; RangeError for what is not a
 * place of a file.
 */
export function preprocessorFiles(
  { worker = ownWorker, wasm = pixelsWasm }: Partial<PreprocessorFiles>,
  hasThreads: boolean,
): PreprocessorFiles {
  const files = { worker: filePlace(where, 'worker', worker), wasm: filePlace(where, 'wasm', wasm) };
  if (hasThreads) assertWorker(files.worker);
  assertPixelsWasm(where, files.wasm);
  return files;
}

function assertWorker(place: URL | string): void {
  if (existsSync(place)) return;
  const advice = 'name its place with the option `worker`';
  throw fileLeftBehind('backend-unavailable', { where, file: 'the file of its worker threads', place, advice });
}
