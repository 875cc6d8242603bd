import { dirname, resolve } from 'node:path';
import { assertOptions, assertText } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';
import { modelFile } from './model-file.ts';
import { readNamedSpec } from './read-spec.ts';
import type { ReadSpecOptions } from './read-spec.ts';

/** Options of `readModelSpec`. */
export interface ReadModelSpecOptions extends ReadSpecOptions {
  /** The folder that the spec's files are relative to; its own by default. */
  readonly root?: string;
  /** What messages call `root`, where people give it by another name; `root` by default. */
  readonly rootName?: string;
}

/** The spec in a JSON file, as `readSpec` reads it, and the folder that its model is relative to:
 * `root`, or the spec's own.
 * @throws QualmError `model-missing` when the spec or its model file is not there, `spec-invalid`
 * when it is no JSON or not a spec, with what it is instead: a model, a web page, a Git LFS
 * pointer, `path-outside` when its files leave the folder.
 * @example const { spec, root } = await readModelSpec('models/yolox-nano.json');
 */
export async function readModelSpec(path: string, options: ReadModelSpecOptions = {}): Promise<ResolvedModel> {
  assertText('readModelSpec', 'its path', path);
  assertOptions('readModelSpec', options, "{ root: 'models' }");
  const { root = dirname(path), followLinks = true, rootName } = options;
  const resolved = { ...(await readNamedSpec(path, options)), root: resolve(root), followLinks };
  await modelFile(resolved, rootName);
  return resolved;
}
