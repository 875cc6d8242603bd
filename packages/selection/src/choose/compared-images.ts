import { createBoxReader } from '../scan/box-reader.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import { isCompared } from '../scan/other-images.ts';
import { countedBoxes } from '../scan/scored-shard.ts';
import type { CountedBoxes, ScoredShard } from '../scan/scored-shard.ts';
import { compareBoxes } from './compare-boxes.ts';
import type { ComparedPair } from './compare-boxes.ts';

/** What two models found in an image: those of their boxes that count, and which of them are of one
 * thing. What a list leaves out of the first model was found all the same: its partners are left
 * out with it, and are not had by the second model alone.
 */
export interface ComparedImage {
  /** Those that are chosen. */
  readonly first: NamedBoxes;
  /** Those that a list leaves out, too. */
  readonly allFirst: NamedBoxes;
  /** Those that no list leaves out. */
  readonly second: NamedBoxes;
  readonly pairs: readonly ComparedPair[];
  /** Boxes that only the second model found, as places in `second`, ascending. */
  readonly alone: readonly number[];
  /** Things that a list leaves out: pairs, and boxes that one model has alone. */
  readonly leftOut: number;
}

/** Compares the images of a shard, each once at most, however many ask; null where one of the two
 * models was not asked, or failed.
 */
export type ComparedImages = (shard: ScoredShard, image: number) => ComparedImage | null;

/** @param minScore of the boxes that count
 * @param only what is chosen of them
 */
export function createComparedImages(minScore: number, only?: ChosenImages): ComparedImages {
  let last: ScoredShard | null = null;
  let compare: (image: number) => ComparedImage | null = () => null;
  let known: (ComparedImage | null)[] = [];
  const comparerOf = (shard: ScoredShard): typeof compare => {
    const { table, others } = shard;
    const reader = createBoxReader(table);
    const all = only?.hasBox ? countedBoxes(table, minScore) : shard;
    return (image) => {
      const other = others[image];
      if (!table.boxes.valid[image] || !other || !isCompared(other)) return null;
      const [rows, chosen] = [rowsOf(all, image), rowsOf(shard, image)];
      const allFirst = reader.bestOf(rows);
      const first = all === shard ? allFirst : reader.bestOf(chosen);
      const { compared: second, leftOutAlone = 0 } = other;
      const pairs = compareBoxes(first, second);
      const paired = new Set(pairs.map((pair) => pair.second));
      const alone = Array.from({ length: second.length }, (_, row) => row).filter((row) => !paired.has(row));
      const leftOut = rows.length - chosen.length + leftOutAlone;
      return { first, allFirst, second, pairs, alone, leftOut };
    };
  };
  return (shard, image) => {
    if (shard !== last) [last, known, compare] = [shard, [], comparerOf(shard)];
    const found = known[image];
    return found === undefined ? (known[image] = compare(image)) : found;
  };
}

function rowsOf({ rows, offsets }: CountedBoxes, image: number): Uint32Array {
  return rows.subarray(offsets[image], offsets[image + 1]);
}
