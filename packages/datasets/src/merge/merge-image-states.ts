import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { lineGroups } from '../files/line-groups.ts';
import { writeFileDurably } from '../files/write-file-durably.ts';
import { imagesName } from '../predictions/run-identity.ts';
import { inListOrder } from './in-list-order.ts';
import type { ShareFolder } from './share-folder.ts';

/** Writes what the images of all shares were, in the order of the whole list, as the undivided run
 * does.
 * @returns their SHA-256, in hex.
 * @throws QualmError `dataset-invalid` for a share whose file is not the one that its manifest
 * means, `io`.
 */
export async function mergeImageStates(
  shares: readonly ShareFolder[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  async function* chunks(): AsyncGenerator<string, void, undefined> {
    let chunk = '';
    for await (const { thing } of inListOrder(shares, statesOf)) {
      signal?.throwIfAborted();
      chunk += `${thing}\n`;
      if (chunk.length < 1 << 16) continue;
      hash.update(chunk);
      yield chunk;
      chunk = '';
    }
    hash.update(chunk);
    yield chunk;
  }
  await writeFileDurably(join(folder, imagesName), chunks());
  return hash.digest('hex');
}

/** The lines of a share's images, held against its manifest. */
async function* statesOf({ path, identity }: ShareFolder): AsyncGenerator<readonly string[], void, undefined> {
  const file = join(path, imagesName);
  const hash = createHash('sha256');
  for await (const lines of lineGroups(file)) {
    if (lines.length > 0) hash.update(`${lines.join('\n')}\n`);
    yield lines;
  }
  if (hash.digest('hex') === identity['images']) return;
  throw new QualmError(
    'dataset-invalid',
    `merge: "${file}" is not the file that was written: its checksum differs; put it back, or predict the share again`,
  );
}
