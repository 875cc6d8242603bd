import { QualmError } from '@qualm/types';
import { positionsName, readPositions } from '../shares/positions-file.ts';
import type { ShareFolder } from './share-folder.ts';

/** One thing of each image of a share, in groups, in the order of the share. */
export type ThingsOf<T> = (share: ShareFolder) => AsyncIterable<readonly T[]>;

/** What stands at a place of the whole list. */
export interface Placed<T> {
  readonly share: ShareFolder;
  readonly thing: T;
}

/** A place of the whole list that two images claim, or none. */
export interface Conflict<T> {
  /** From 0. */
  readonly place: number;
  readonly claims: readonly Placed<T>[];
}

/** The things of all shares in the order of the whole list. Of each share one group is in memory.
 * @param errorOf makes the error of a place that is not there exactly once.
 * @throws QualmError `dataset-invalid`, unless `errorOf` makes another.
 */
export async function* inListOrder<T>(
  shares: readonly ShareFolder[],
  thingsOf: ThingsOf<T>,
  errorOf: (conflict: Conflict<T>) => QualmError = damagedPlace,
): AsyncGenerator<Placed<T>, void, undefined> {
  const cursors = shares.map((share) => createCursor(share, thingsOf(share)));
  const heads = new Map<number, Cursor<T>>();
  const advance = async (cursor: Cursor<T>): Promise<void> => {
    if (!(await cursor.next())) return;
    const before = heads.get(cursor.position);
    if (before) throw errorOf({ place: cursor.position, claims: [before, cursor] });
    heads.set(cursor.position, cursor);
  };
  try {
    for (const cursor of cursors) await advance(cursor);
    for (let place = 0; heads.size > 0; place++) {
      const cursor = heads.get(place);
      if (!cursor) throw errorOf({ place, claims: [] });
      yield { share: cursor.share, thing: cursor.thing };
      heads.delete(place);
      await advance(cursor);
    }
  } finally {
    await Promise.allSettled(cursors.map((cursor) => cursor.close()));
  }
}

/** Where one share is. */
interface Cursor<T> {
  readonly share: ShareFolder;
  readonly position: number;
  readonly thing: T;
  /** False behind the last. */
  next(): Promise<boolean>;
  close(): Promise<void>;
}

function createCursor<T>(share: ShareFolder, groups: AsyncIterable<readonly T[]>): Cursor<T> {
  const things = createFeed(groups);
  const positions = createFeed(readPositions(share.path));
  return {
    share,
    get position() {
      return positions.now!;
    },
    get thing() {
      return things.now!;
    },
    async next() {
      const [hasPosition, hasThing] = [await positions.next(), await things.next()];
      if (hasPosition !== hasThing) throw uneven(share);
      return hasThing;
    },
    async close() {
      await positions.close();
      await things.close();
    },
  };
}

/** Single things out of groups. */
interface Feed<T> {
  readonly now: T | undefined;
  next(): Promise<boolean> | boolean;
  close(): Promise<void>;
}

function createFeed<T>(groups: AsyncIterable<readonly T[]>): Feed<T> {
  const iterator = groups[Symbol.asyncIterator]();
  let group: readonly T[] = [];
  let place = -1;

  async function refill(): Promise<boolean> {
    do {
      const next = await iterator.next();
      if (next.done) return false;
      group = next.value;
    } while (group.length === 0);
    place = 0;
    return true;
  }

  return {
    get now() {
      return group[place];
    },
    next: () => (++place < group.length ? true : refill()),
    async close() {
      await iterator.return?.();
    },
  };
}

function damagedPlace({ place, claims }: Conflict<unknown>): QualmError {
  const where =
    claims.length > 0 ? claims.map(({ share }) => `in "${share.path}"`).join(' and ') : 'in none of the folders';
  return damaged(`image ${place + 1} of the list is ${where}`);
}

function uneven({ path }: ShareFolder): QualmError {
  return damaged(`"${path}" has not as many places in ${positionsName} as images`);
}

function damaged(what: string): QualmError {
  return new QualmError(
    'dataset-invalid',
    `merge: ${what}: a ${positionsName} was changed or damaged; predict --shard with --resume writes it again`,
  );
}
