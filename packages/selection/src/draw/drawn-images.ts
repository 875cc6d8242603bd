import type { Measure } from '../choose/measure.ts';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import { imageNumbers } from '../rank/image-numbers.ts';
import { createBoxReader } from '../scan/box-reader.ts';
import { createTop } from '../scan/create-top.ts';
import type { FoundBoxes } from '../scan/named-boxes.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';

/** An image that can be drawn. */
export interface DrawnImage {
  /** From 1. */
  readonly rank: number;
  readonly image_id: string | number;
  /** Its path or URI. */
  readonly image: string | null;
  /** NaN where it has none. */
  readonly value: number;
  /** Those that count, as they are stored. */
  readonly boxes: FoundBoxes;
  /** Which of these its number comes from, or is the least sure where the number is made of all;
   * null without a box.
   */
  readonly deciding: number | null;
  readonly isPredicted: boolean;
}

/** Gathers the images that come first, with their boxes. */
export interface DrawnImages extends ShardReader {
  ranked(): readonly DrawnImage[];
}

export function createDrawnImages({
  measure,
  limit,
  seed,
  empty,
}: {
  readonly measure: Measure;
  readonly limit: number;
  readonly seed?: number | undefined;
  readonly empty: EmptyPolicy;
}): DrawnImages {
  const top = createTop<Omit<DrawnImage, 'rank'>>({ order: measure.imageOrder, limit, seed });
  return {
    add(shard) {
      if (limit === 0) return;
      const { columns } = shard.table;
      const { values, places } = imageNumbers(shard, measure, empty);
      const reader = createBoxReader(shard.table);
      const idOf = (image: number): string | number => columns.image_id.at(image)!;
      top.add(places, idOf, (image) => {
        const [start, end] = [shard.offsets[image]!, shard.offsets[image + 1]!];
        return {
          ...{ image_id: idOf(image), image: columns.image.at(image)?.uri ?? null, value: values[image]! },
          boxes: reader.foundOf(shard.rows.subarray(start, end), shard.table.boxes.offsets[image]!),
          deciding: start === end ? null : measure.deciding(shard.values, start, end).place - start,
          isPredicted: shard.table.boxes.valid[image] === 1,
        };
      });
    },
    ranked: () => top.ranked().map((row, place) => ({ rank: place + 1, ...row })),
  };
}
