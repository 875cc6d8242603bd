import { createBoxReader } from '../scan/box-reader.ts';
import { listedImage } from '../scan/chosen-images.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import { someBoxes } from '../scan/named-boxes.ts';
import { isCompared } from '../scan/other-images.ts';
import type { OtherImage } from '../scan/other-images.ts';
import type { CountedBoxes, ScoredShard } from '../scan/scored-shard.ts';
import { compareBoxes } from './compare-boxes.ts';

/** What others say of the images of a shard, without the other model's boxes that a list of boxes
 * leaves out: the partners of the first model's that it leaves out, and what only the other model
 * found where the list does not say that it stays.
 * @param all that counts, with what the list leaves out
 */
export function withoutLeftOut(
  table: ScoredShard['table'],
  all: CountedBoxes,
  others: readonly OtherImage[],
  { hasBox }: Required<Pick<ChosenImages, 'hasBox'>>,
): readonly OtherImage[] {
  const reader = createBoxReader(table);
  return others.map((other, image) => {
    if (!table.boxes.valid[image] || !isCompared(other)) return other;
    const { layers, compared } = other;
    const listed = listedImage(table, image);
    const first = table.boxes.offsets[image]!;
    const rows = all.rows.subarray(all.offsets[image], all.offsets[image + 1]);
    const pairs = compareBoxes(reader.bestOf(rows), compared);
    const partnerOf = new Map(pairs.map((pair) => [pair.second, rows[pair.first]! - first]));
    const hasAlone = hasBox(listed, -1);
    const isKept = (row: number): boolean => {
      const partner = partnerOf.get(row);
      return partner === undefined ? hasAlone : hasBox(listed, partner);
    };
    const kept = Array.from({ length: compared.length }, (_, row) => row).filter(isKept);
    if (kept.length === compared.length) return other;
    const left = someBoxes(compared, kept);
    return {
      layers: layers.map((layer) => (layer === compared ? left : layer)),
      compared: left,
      ...(!hasAlone && { leftOutAlone: compared.length - partnerOf.size }),
    };
  });
}
