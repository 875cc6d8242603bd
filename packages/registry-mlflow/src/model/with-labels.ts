import { posix } from 'node:path';
import { parseLabels } from '@qualm/datasets/labels';
import { QualmError } from '@qualm/types';
import { labelFile } from '@qualm/types/to-model-spec';

/** A written spec with the labels of the file that it names, which is one of the model's own.
 * @param from where the spec came from, for messages.
 * @param paths of the model's files.
 * @throws QualmError `spec-invalid` where there is no such file, or it has no labels.
 */
export async function withLabels(
  spec: unknown,
  from: string,
  paths: readonly string[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<unknown> {
  const named = labelFile(spec, from);
  if (named === null) return spec;
  const where = `model spec "${from}": labels "${named}"`;
  const path = posix.normalize(named);
  if (!paths.includes(path)) {
    const has = paths.slice(0, 8).join(', ');
    throw new QualmError('spec-invalid', `${where} is not among the model's files, which are ${has}; log it too`);
  }
  const labels = await parseLabels(path, await read(path)).catch((cause: unknown) => {
    if (QualmError.is(cause)) throw cause;
    throw new QualmError('spec-invalid', `${where}: ${(cause as Error).message}`, { cause });
  });
  return { ...(spec as object), labels };
}
