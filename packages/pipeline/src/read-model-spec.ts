import { dirname, resolve } from 'node:path';
import { assertOptions, assertText } from '@qualm/types';
import type { Heads, ResolvedModel } from '@qualm/types';
import { modelFile } from './model-file.ts';
import { readSpecFile } from './read-spec-file.ts';
import { toModelSpec } from '@qualm/types/to-model-spec';

/** Options of `readModelSpec`. */
export interface ReadModelSpecOptions {
  /** The folder that the spec's files are relative to; its own by default. */
  readonly root?: string;
  /** What messages call `root`, where people give it by another name; `root` by default. */
  readonly rootName?: string;
  /** Whether links in that folder may lead out of it; they may, by default. Say false for a folder
   * that came from others.
   */
  readonly followLinks?: boolean;
  /** The heads that there are, `heads` of `@qualm/vision` for instance; without them `loadModel` is
   * the first to check the spec's head.
   */
  readonly heads?: Heads;
}

/** The spec in a JSON file, checked, and the folder that its files are relative to: `root`, or the
 * spec's own.
 * @throws QualmError `model-missing` when the spec or its model file is not there, `spec-invalid`
 * when it is no JSON or not a spec, with what it is instead: a model, a web page, a Git LFS
 * pointer, `path-outside` when its files leave the folder.
 * @example const { spec, root } = await readModelSpec('models/yolox-nano.json');
 */
export async function readModelSpec(path: string, options: ReadModelSpecOptions = {}): Promise<ResolvedModel> {
  assertText('readModelSpec', 'its path', path);
  assertOptions('readModelSpec', options, "{ root: 'models' }");
  const { root = dirname(path), followLinks = true, heads, rootName } = options;
  const spec = toModelSpec(await readSpecFile(path), path, { ...(heads && { heads }) });
  const resolved = { spec, root: resolve(root), followLinks };
  await modelFile(resolved, rootName);
  return resolved;
}
