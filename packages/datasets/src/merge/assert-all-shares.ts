import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { counted, countText, QualmError } from '@qualm/types';
import { lineGroups } from '../files/line-groups.ts';
import { imagesName } from '../predictions/run-identity.ts';
import { shardName } from '../predictions/shard-name.ts';
import { rowsOf } from '../predictions/shard-store.ts';
import { shareText } from '../shares/image-share.ts';
import { mostShown, someOf, somePaths } from './share-folder.ts';
import type { ShareFolder } from './share-folder.ts';

/** @throws QualmError `incomplete` unless each share is there once, and finished. It lists the
 * shares that are missing, doubled or not finished, and how many images that makes.
 */
export async function assertAllShares(shares: readonly ShareFolder[]): Promise<void> {
  const folders = foldersByShare(shares);
  const given = await Promise.all([...folders.values()].map(async ([share]) => imagesOf(share!)));
  const problems = [
    ...missing(shares, folders, given),
    ...[...folders.values()].filter((same) => same.length > 1).map(doubled),
    ...given.filter(({ share }) => share.manifest.rows === null).map(unfinished),
  ];
  if (problems.length === 0) return;
  throw new QualmError('incomplete', `merge: ${problems.length > 1 ? listed(problems) : problems[0]!}; ${advice}`);
}

const advice = 'predict what is missing with --shard, finish what was begun with --resume, and name each share once';

function listed(problems: readonly string[]): string {
  const rest = problems.length - mostProblems;
  return [
    ...problems.slice(0, mostProblems),
    ...(rest > 0 ? [`and ${counted(rest, 'more share like these', 'more shares like these')}`] : []),
  ].join('; ');
}

const mostProblems = 5;

function foldersByShare(shares: readonly ShareFolder[]): ReadonlyMap<number, readonly ShareFolder[]> {
  const folders = new Map<number, ShareFolder[]>();
  for (const share of shares) folders.set(share.share.index, [...(folders.get(share.share.index) ?? []), share]);
  return folders;
}

/** What is known of a share's images. */
interface ShareImages {
  readonly share: ShareFolder;
  /** How many have a row. */
  readonly stored: number;
  /** How many there are; null of a stream that is not at its end. */
  readonly count: number | null;
  /** The first few without a row. */
  readonly ids: readonly string[];
}

async function imagesOf(share: ShareFolder): Promise<ShareImages> {
  const { rows } = share.manifest;
  if (rows !== null) return { share, stored: rows, count: rows, ids: [] };
  const stored = await storedIn(share);
  const ids: string[] = [];
  let count = 0;
  try {
    for await (const lines of lineGroups(join(share.path, imagesName)))
      for (const line of lines) if (count++ >= stored && ids.length < mostShown) ids.push(idOf(line));
  } catch {
    return { share, stored, count: null, ids };
  }
  return { share, stored, count, ids };
}

/** The rows of the files of a share. The last one may have been put in its place, or not yet. */
async function storedIn({ path, manifest }: ShareFolder): Promise<number> {
  const { pending, shards = [] } = manifest;
  if (!pending) return rowsOf(manifest);
  const bytes = await stat(join(path, shardName(pending.index))).then(
    ({ size }) => size,
    () => null,
  );
  return bytes === pending.bytes
    ? rowsOf({ ...manifest, shards: shards.toSpliced(pending.index, 1, pending) })
    : rowsOf(manifest);
}

function idOf(line: string): string {
  try {
    return JSON.stringify((JSON.parse(line) as readonly unknown[])[0]);
  } catch {
    return line;
  }
}

function missing(
  shares: readonly ShareFolder[],
  folders: ReadonlyMap<number, unknown>,
  given: readonly ShareImages[],
): string[] {
  const { count } = shares[0]!.share;
  const absent = count - folders.size;
  if (absent === 0) return [];
  const first: string[] = [];
  for (let index = 1; index <= count && first.length < mostShown; index++)
    if (!folders.has(index)) first.push(shareText({ index, count }));
  const all = shares.find(({ share }) => share.images !== null)?.share.images ?? null;
  const known = given.every((images) => images.count !== null) && all !== null;
  const images = known
    ? `, with ${countText(all - given.reduce((sum, { count }) => sum + count!, 0))} of ${counted(all, 'image')}`
    : '';
  const whole = `of ${counted(count, 'share')}`;
  return [`${counted(absent, `${whole} is`, `${whole} are`)} missing: ${someOf(first, absent)}${images}`];
}

function doubled(same: readonly ShareFolder[]): string {
  const [{ share, manifest }] = same as [ShareFolder, ...ShareFolder[]];
  const paths = somePaths(same.map(({ path }) => path));
  return `share ${shareText(share)}, with ${counted(rowsOf(manifest), 'image')}, was given ${counted(same.length, 'time')}: ${paths}`;
}

function unfinished({ share: { share, path }, stored, count, ids }: ShareImages): string {
  const what = `share ${shareText(share)} in "${path}" is not finished`;
  if (count === null) return `${what}: ${counted(stored, 'image is', 'images are')} stored`;
  const left = count - stored;
  const all = `of ${counted(count, 'image')}`;
  return left > 0 ? `${what}: ${counted(left, `${all} is`, `${all} are`)} missing, ${someOf(ids, left)}` : what;
}
