import type { RowError } from '@qualm/types';
import { openParquetFile } from '../parquet/parquet-file.ts';
import { checkShard } from './check-shard.ts';
import type { ListedShard } from './listed-shards.ts';
import type { PredictionManifest, ShardEntry } from './manifest.ts';
import { readErrors } from './read-row-group.ts';

/** What a run that goes on has to do about one shard. */
export interface ShardPlan {
  /** What the file holds; null where there is none, or a wrong one. */
  readonly entry: ShardEntry | null;
  /** Places in the shard of rows that are done again. */
  readonly redo: ReadonlySet<number>;
  /** Whether the shard stays as it is. */
  readonly settled: boolean;
}

/** Which errors of images are tried again. */
export type RetryErrors = (error: RowError) => boolean;

/** A plan for each shard of a set.
 * @throws QualmError `io` when a shard cannot be read.
 */
export async function planShards(
  listed: readonly ListedShard[],
  { fingerprint, rowsPerShard, rows }: PredictionManifest,
  retry: RetryErrors,
): Promise<ShardPlan[]> {
  const plans: ShardPlan[] = [];
  for (const [index, { path, entries, optional }] of listed.entries()) {
    const state = await checkShard(path, { entries, fingerprint });
    if (state.kind === 'missing' && optional) continue;
    if (state.kind === 'missing' || state.kind === 'wrong') {
      plans.push({ entry: null, redo: new Set(), settled: false });
      continue;
    }
    const { entry } = state;
    const redo = entry.failed > 0 ? await placesOf(path, retry) : new Set<number>();
    const isFull = entry.rows === rowsPerShard || (rows !== null && index === listed.length - 1);
    plans.push({ entry, redo, settled: redo.size === 0 && isFull });
  }
  return plans;
}

/** True for a row that the shard holds and that stays. */
export function isKept({ entry, redo }: ShardPlan, place: number): boolean {
  return entry !== null && place < entry.rows && !redo.has(place);
}

async function placesOf(path: string, retry: RetryErrors): Promise<Set<number>> {
  const file = await openParquetFile(path);
  const places = new Set<number>();
  let place = 0;
  for (const group of file.metadata.row_groups) {
    for (const error of await readErrors(file, group)) {
      if (error && retry(error)) places.add(place);
      place++;
    }
  }
  return places;
}
