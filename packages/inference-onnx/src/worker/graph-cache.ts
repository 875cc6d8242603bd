import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { onnxExternalFiles } from '@qualm/types/onnx-files';
import type { SessionOptions } from '../onnx-backend-options.ts';
import { nameOf } from './load-runtime.ts';
import type { LoadedRuntime } from './load-runtime.ts';

/** Where a graph is kept that ONNX Runtime optimised. */
export interface GraphPlace {
  /** The graph, and beside it the hash of what was written. */
  readonly file: string;
  readonly proof: string;
  /** The name under which it is written. */
  readonly unfinished: string;
}

/** The place of a model's optimised graph, by the hash of all that decides it: the model, the
 * runtime, the processor, the options. Null where nothing is to be kept: no folder was given, the
 * model has weights in other files, or others than the user can write to the folder.
 */
export async function graphPlace(runtime: LoadedRuntime, options: SessionOptions): Promise<GraphPlace | null> {
  const { graphCache, model, graphOptimization = 'all' } = options;
  if (graphCache === undefined || graphOptimization === 'disabled') return null;
  await mkdir(graphCache, { recursive: true, mode: 0o700 }).catch(() => undefined);
  if (!(await isOwn(graphCache))) return null;
  const bytes = await readFile(model);
  if (onnxExternalFiles(bytes).length > 0) return null;
  const machine = [process.platform, process.arch, cpus()[0]?.model ?? ''];
  const decides = JSON.stringify([nameOf(runtime), ...machine, graphOptimization]);
  const file = join(graphCache, `${createHash('sha256').update(decides).update(bytes).digest('hex')}.onnx`);
  return { file, proof: `${file}.sha256`, unfinished: `${file}.${process.pid}.tmp` };
}

/** A folder of the user's that nobody else can write to. Windows keeps such things elsewhere. */
async function isOwn(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) return false;
  return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
}

/** The graph that is kept there; null where there is none, or not as it was written. */
export async function readGraph({ file, proof }: GraphPlace): Promise<Uint8Array | null> {
  try {
    const [bytes, wanted] = await Promise.all([readFile(file), readFile(proof, 'utf8')]);
    return sha256(bytes) === wanted ? bytes : null;
  } catch {
    return null;
  }
}

/** Keeps the graph that the runtime wrote under the unfinished name; what fails leaves nothing. */
export async function keepGraph({ file, proof, unfinished }: GraphPlace): Promise<void> {
  try {
    const hash = sha256(await readFile(unfinished));
    await rename(unfinished, file);
    await writeFile(`${unfinished}.sha256`, hash);
    await rename(`${unfinished}.sha256`, proof);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
