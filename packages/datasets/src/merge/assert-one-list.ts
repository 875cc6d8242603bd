import { counted, QualmError } from '@qualm/types';
import { openParquetFile } from '../parquet/parquet-file.ts';
import { listShards } from '../predictions/listed-shards.ts';
import { readImageIds } from '../predictions/read-row-group.ts';
import { inListOrder } from './in-list-order.ts';
import type { Conflict } from './in-list-order.ts';
import { somePaths } from './share-folder.ts';
import type { ShareFolder } from './share-folder.ts';

/** @throws QualmError `dataset-invalid` unless all shares are of one list of images. It says which
 * folders are of which list, and where two lists first differ.
 */
export async function assertOneList(shares: readonly ShareFolder[]): Promise<void> {
  const lists = new Map<string, ShareFolder[]>();
  for (const share of shares) {
    const key = `${share.share.images} ${share.share.ids}`;
    lists.set(key, [...(lists.get(key) ?? []), share]);
  }
  if (lists.size === 1) return;
  const texts = [...lists.values()].slice(0, mostLists).map(listText);
  const more = lists.size > mostLists ? `, and ${counted(lists.size - mostLists, 'more list')}` : '';
  const where = await firstDifference(shares);
  throw new QualmError(
    'dataset-invalid',
    `merge: the shares are not of one list of images: ${texts.join('; ')}${more}${where}; ` +
      'predict again those whose list changed, all from the same list',
  );
}

const mostLists = 3;

function listText(shares: readonly ShareFolder[]): string {
  return `${counted(shares[0]!.share.images!, 'image')} in ${somePaths(shares.map(({ path }) => path))}`;
}

/** Where the lists first differ, as far as that can be seen from what each share has of its own. */
async function firstDifference(shares: readonly ShareFolder[]): Promise<string> {
  let last: string | null = null;
  let found: Conflict<string | number> | null = null;
  const asFound = (conflict: Conflict<string | number>): QualmError => {
    found = conflict;
    return new QualmError('dataset-invalid', 'merge: a conflict');
  };
  try {
    for await (const { thing } of inListOrder(shares, idsOf, asFound)) last = JSON.stringify(thing);
  } catch {
    return found ? `; ${conflictText(found, last)}` : '';
  }
  return '';
}

function conflictText({ place, claims }: Conflict<string | number>, last: string | null): string {
  const texts = claims.map(({ share, thing }) => `${JSON.stringify(thing)} in "${share.path}"`);
  const which = texts.length > 0 ? `, which is ${texts.join(' and ')}` : ', which none of them has';
  return `they differ at or before image ${place + 1}${which}${last === null ? '' : `, after ${last}`}`;
}

async function* idsOf({ path, manifest }: ShareFolder): AsyncGenerator<(string | number)[], void, undefined> {
  for (const shard of await listShards(path, manifest)) {
    const file = await openParquetFile(shard.path);
    for (const group of file.metadata.row_groups) yield await readImageIds(file, group);
  }
}
