import { dirname } from 'node:path';
import { assertOptions, assertText } from '@qualm/types';
import type { Heads, ModelSpec, ResolvedModel } from '@qualm/types';
import { labelFile, toModelSpec } from '@qualm/types/to-model-spec';
import { readLabelFile } from './read-label-file.ts';
import { readSpecFile } from './read-spec-file.ts';

/** Options of `readSpec`. */
export interface ReadSpecOptions {
  /** The heads that there are, `heads` of `@qualm/vision` for instance; without them `loadModel` is
   * the first to check the spec's head.
   */
  readonly heads?: Heads;
  /** Whether links in the folder may lead out of it; they may, by default. Say false for a folder
   * that came from others.
   */
  readonly followLinks?: boolean;
}

/** The spec in a JSON file, checked. Its preset and its labels, by name or in a file beside it, are
 * put into what they stand for. Its model file may be elsewhere.
 * @throws QualmError `model-missing` when the spec or its file of labels is not there,
 * `spec-invalid` when it is not a spec, with what it is instead, `path-outside` for a link.
 * @example (await readSpec('models/yolox-nano.json')).labels.length // 80
 */
export async function readSpec(path: string, options: ReadSpecOptions = {}): Promise<ModelSpec> {
  return (await readNamedSpec(path, options)).spec;
}

/** The same with what its labels were written as where they were not listed. */
export async function readNamedSpec(
  path: string,
  options: ReadSpecOptions,
): Promise<Pick<ResolvedModel, 'spec' | 'labelsFrom'>> {
  assertText('readSpec', 'its path', path);
  assertOptions('readSpec', options, '{ heads }');
  const { heads, followLinks = true } = options;
  const written = await readSpecFile(path);
  const named = labelFile(written, path);
  const whole =
    named === null
      ? written
      : {
          ...(written as object),
          labels: await readLabelFile({ named, folder: dirname(path), from: path, followLinks }),
        };
  const spec = toModelSpec(whole, path, { ...(heads && { heads }) });
  const { labels } = written as { readonly labels: unknown };
  return { spec, ...(typeof labels === 'string' && { labelsFrom: labels }) };
}
