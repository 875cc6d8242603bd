import type { Box2d, RankOrder } from '@qualm/types';
import { createBoxReader } from '../scan/box-reader.ts';
import type { ListedClasses } from '../scan/box-reader.ts';
import { createTop, imagesOfBoxes } from '../scan/create-top.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';

/** A box of the ranked list. */
export interface RankedBox extends ListedClasses {
  /** From 1. */
  readonly rank: number;
  readonly image_id: string | number;
  /** The image's path or URI; null where it was given as bytes. */
  readonly image: string | null;
  /** Which of the boxes that are stored of its image it is, from 0. */
  readonly box_index: number;
  /** Pixels of the image. */
  readonly box: Box2d;
  /** What the strategy says of it; NaN where it says nothing. */
  readonly value: number;
}

/** Gathers the boxes that come first. */
export interface BoxList extends ShardReader {
  ranked(): readonly RankedBox[];
}

export interface BoxListOptions {
  readonly order: RankOrder;
  readonly limit: number;
  readonly seed?: number | undefined;
}

export function createBoxList(options: BoxListOptions): BoxList {
  const top = createTop<Omit<RankedBox, 'rank'>>(options);
  return {
    add({ table, rows, values, offsets }) {
      const { boxes, columns } = table;
      const imageOf = imagesOfBoxes(offsets);
      const reader = createBoxReader(table);
      const idOf = (place: number): string | number => columns.image_id.at(imageOf[place]!)!;
      top.add(values, idOf, (place) => {
        const image = imageOf[place]!;
        const row = rows[place]!;
        const found = { image_id: idOf(place), image: columns.image.at(image)?.uri ?? null };
        const stored = { box_index: row - boxes.offsets[image]!, box: reader.boxOf(row) };
        return boxRow(found, stored, reader.classesOf(row), values[place]!);
      });
    },
    ranked: () => top.ranked().map((row, place) => ({ rank: place + 1, ...row })),
  };
}

/** Without spreading one object into another, which takes most of the time of making some thousand
 * rows of which few stay.
 */
function boxRow(
  { image_id, image }: Pick<RankedBox, 'image_id' | 'image'>,
  { box_index, box }: Pick<RankedBox, 'box_index' | 'box'>,
  { label, score, second_label, second_score }: ListedClasses,
  value: number,
): Omit<RankedBox, 'rank'> {
  return second_label === undefined || second_score === undefined
    ? { image_id, image, box_index, box, label, score, value }
    : { image_id, image, box_index, box, label, score, second_label, second_score, value };
}
