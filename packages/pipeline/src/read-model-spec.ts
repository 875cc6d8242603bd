import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';
import { modelFile } from './model-file.ts';
import { toModelSpec } from '@qualm/types/to-model-spec';

/** The spec in a JSON file, checked, and the folder that its files are relative to: `root`, or the spec's own.
 * @throws QualmError `model-missing` when the spec or its model file is not there, `spec-invalid` when the spec is no
 * JSON or not a spec, `path-outside` when its files leave the folder, also by a link.
 * @example const { spec, root } = await readModelSpec('models/yolox-nano.json');
 */
export async function readModelSpec(path: string, options: { readonly root?: string } = {}): Promise<ResolvedModel> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new QualmError('model-missing', `readModelSpec: cannot read "${path}"; check the path`, { cause });
  });
  const spec = await toModelSpec(parseJson(text, path), path);
  const resolved = { spec, root: resolve(options.root ?? dirname(path)) };
  await modelFile(resolved);
  return resolved;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('spec-invalid', `readModelSpec: "${path}" is no JSON: ${reason}`, { cause });
  }
}
