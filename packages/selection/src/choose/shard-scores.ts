import type { ScoredShard } from '../scan/scored-shard.ts';
import type { Measure } from './measure.ts';

/** What measures say of all boxes of a shard that count, each asked once at most, however many ask.
 * @returns [boxes] of a measure, by its place.
 */
export type ShardScores = (shard: ScoredShard, measure: number) => Float64Array;

/** @param measures of which the first is that of the scan */
export function createShardScores(measures: readonly Measure[]): ShardScores {
  let last: ScoredShard | null = null;
  let known: (Float64Array | undefined)[] = [];
  return (shard, measure) => {
    if (shard !== last) [last, known] = [shard, [shard.values]];
    return (known[measure] ??= measures[measure]!.scoreBoxes(shard));
  };
}
