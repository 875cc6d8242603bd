import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix, sep } from 'node:path';
import { modelFingerprint, weightFiles } from '@qualm/pipeline';
import { assertObject, assertOptions, assertText, QualmError } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';
import type { ModelBundle } from './bundle.ts';
import { writeArchive } from './write-archive.ts';

/** An archive with a model, `qualm-model-<hash>.tgz`, in which the folder of that name has its
 * `spec.json` and the files that it names. The hash is the model's own, which workers check: the
 * same model makes the same archive, wherever it lies.
 * @param resolved what `readModelSpec`, or a registry, gives.
 * @throws QualmError `model-missing`; `path-outside` for weights that leave the model's folder;
 * `unsupported` for a flavor whose files are not known; `io` where it cannot be written.
 * @example await bundleModel(await readModelSpec('yolox-nano.json'), { out: '.' }) // { path: '.../qualm-model-1a2b....tgz', ... }
 */
export async function bundleModel(resolved: ResolvedModel, options: { readonly out: string }): Promise<ModelBundle> {
  assertObject('bundleModel', 'its model', resolved, 'what readModelSpec gives');
  assertOptions('bundleModel', options, "{ out: '.' }");
  assertText('bundleModel', 'out', options.out, "a folder, such as '.'");
  const hash = await modelFingerprint(asFile(resolved));
  const { spec, root } = resolved;
  const scratch = await mkdtemp(join(tmpdir(), 'qualm-bundle-'));
  try {
    const content = join(scratch, 'content');
    await mkdir(content);
    await writeFile(join(content, 'spec.json'), `${JSON.stringify(sorted(spec))}\n`);
    const { model } = spec.files;
    const weights = weightFiles(spec.flavor, await readFile(join(root, model)));
    if (weights === null)
      throw new QualmError(
        'unsupported',
        `bundle: which files a model of flavor "${spec.flavor}" has is not known; expected onnx or tfjs`,
      );
    for (const name of [model, ...weights.map((file) => posix.join(posix.dirname(model), file))]) {
      const target = join(content, name);
      if (!target.startsWith(content + sep))
        throw new QualmError('path-outside', `bundle: "${name}" leaves ${root}; expected a path inside of it`);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(root, name), target).catch((cause: unknown) => {
        throw new QualmError('model-missing', `bundle: ${join(root, name)} cannot be read; put it there`, { cause });
      });
    }
    const bundle = await writeArchive({ content, prefix: 'qualm-model', hash, out: options.out });
    return { ...bundle, hash };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The model, without what was chosen when it was loaded. */
function asFile({ spec, root, followLinks = false }: ResolvedModel): ResolvedModel {
  return { spec, root, followLinks };
}

/** With keys in one order, whoever wrote them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}
