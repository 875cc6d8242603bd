import { readFile } from 'node:fs/promises';
import { assertText, QualmError } from '@qualm/types';
import type { Label } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { parseLabels } from './parse-labels.ts';

/** The labels of a file: one name per line or a JSON array of names, numbered from 0; a JSON object
 * {id: name}; a JSON array of {id, name, supercategory?}; or what other tools keep them in: the
 * `names` of Ultralytics' data.yaml, the `id2label` of Hugging Face's config.json, the `categories`
 * of a COCO file, TensorFlow's label map (.pbtxt, by `display_name` where it has one). Ids are the
 * file's. Empty lines at the end do not count.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` for anything else, an empty
 * file or an id twice.
 * @example (await readLabels('labels.txt'))[0] // { id: 0, name: 'tench' }
 */
export async function readLabels(path: string): Promise<readonly Label[]> {
  assertText('readLabels', 'its path', path, "a path, such as 'labels.txt'");
  const bytes = await readFile(path).catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
  return parseLabels(path, bytes).catch((cause: unknown) => {
    throw new QualmError('dataset-invalid', `readLabels: "${path}": ${(cause as Error).message}`, { cause });
  });
}
