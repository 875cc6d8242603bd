import { createBoxReader } from '../scan/box-reader.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import { isCompared } from '../scan/other-images.ts';
import { countedBoxes } from '../scan/scored-shard.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import { compareBoxes } from './compare-boxes.ts';
import type { ComparedPair } from './compare-boxes.ts';

/** What two models found in an image: those of their boxes that count, and which of them are of one
 * thing.
 */
export interface ComparedImage {
  readonly first: NamedBoxes;
  readonly second: NamedBoxes;
  readonly pairs: readonly ComparedPair[];
}

/** Compares the images of a shard, each once at most, however many ask; null where one of the two
 * models was not asked, or failed.
 */
export type ComparedImages = (shard: ScoredShard, image: number) => ComparedImage | null;

/** @param minScore compares all boxes that score so much at least, also those that no list chose
 */
export function createComparedImages(minScore?: number): ComparedImages {
  let last: ScoredShard | null = null;
  let compare: (image: number) => ComparedImage | null = () => null;
  let known: (ComparedImage | null)[] = [];
  const comparerOf = ({ table, others, ...chosen }: ScoredShard): typeof compare => {
    const { offsets, rows } = minScore === undefined ? chosen : countedBoxes(table, minScore);
    const reader = createBoxReader(table);
    return (image) => {
      const other = others[image];
      if (!table.boxes.valid[image] || !other || !isCompared(other)) return null;
      const first = reader.bestOf(rows.subarray(offsets[image], offsets[image + 1]));
      return { first, second: other.compared, pairs: compareBoxes(first, other.compared) };
    };
  };
  return (shard, image) => {
    if (shard !== last) [last, known, compare] = [shard, [], comparerOf(shard)];
    const found = known[image];
    return found === undefined ? (known[image] = compare(image)) : found;
  };
}
