import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** How long a head takes beside its model, in milliseconds. */
export interface HeadShare {
  readonly name: string;
  /** Of a run on one thread. */
  readonly session: number;
  /** Of the second of two calls. */
  readonly decode: number;
  readonly share: number;
  /** Of the first, whose code and memory the model has just put out of the caches. */
  readonly first: number;
}

const script = join(import.meta.dirname, 'beside-session.ts');
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

/** The examples' ONNX models on photographs, each with all scores of its boxes, and in a process of
 * its own: code that several heads have run is slower.
 * @param data the folder of models and photographs.
 */
export function headShares(data: string, numImages: number): HeadShare[] {
  return ['yolox-nano', 'nanodet-m', 'fastestdet', 'ssd-fpnlite'].map((name) => {
    const args = [tsx, '--conditions', '@qualm/source', script, name, data, String(numImages)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as HeadShare;
  });
}
