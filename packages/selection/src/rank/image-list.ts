import type { Measure } from '../choose/measure.ts';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import { createBoxReader } from '../scan/box-reader.ts';
import type { BoxReader, ListedClasses } from '../scan/box-reader.ts';
import { createTop } from '../scan/create-top.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import { imageNumbers } from './image-numbers.ts';
import type { ImageNumbers } from './image-numbers.ts';

/** An image of the ranked list. What is of the box that its number comes from, or of the least
 * sure one where the number is made of all, is null where the image has no box that counts. */
export interface RankedImage extends ListedClasses {
  /** From 1. */
  readonly rank: number;
  readonly image_id: string | number;
  /** Its path or URI; null where it was given as bytes. */
  readonly image: string | null;
  /** Pixels; null where it could not be opened. */
  readonly width: number | null;
  readonly height: number | null;
  /** How many of its boxes count. */
  readonly boxes: number;
  /** Which of the boxes that are stored of it, from 0. */
  readonly box_index: number | null;
  /** The number of that box. */
  readonly box_value: number | null;
  /** The image's number; NaN where it has none. */
  readonly value: number;
  /** Where it comes, in the order of the numbers: for images without a number. */
  readonly place: number;
  /** Why it was not predicted. */
  readonly error: string | null;
}

/** Gathers the images that come first. */
export interface ImageList extends ShardReader {
  ranked(): readonly RankedImage[];
}

export interface ImageListOptions {
  readonly measure: Measure;
  readonly limit: number;
  readonly seed?: number | undefined;
  readonly empty: EmptyPolicy;
}

export function createImageList({ measure, limit, seed, empty }: ImageListOptions): ImageList {
  const top = createTop<Omit<RankedImage, 'rank'>>({ order: measure.imageOrder, limit, seed });
  return {
    add(shard) {
      if (limit === 0) return;
      const { columns } = shard.table;
      const numbers = imageNumbers(shard, measure, empty);
      const reader = createBoxReader(shard.table);
      top.add(
        numbers.places,
        (image) => columns.image_id.at(image)!,
        (image) => imageRow(shard, image, { measure, numbers, reader }),
      );
    },
    ranked: () => top.ranked().map((row, place) => ({ rank: place + 1, ...row })),
  };
}

function imageRow(
  { table: { boxes, columns, form }, offsets, rows, values }: ScoredShard,
  image: number,
  {
    measure,
    numbers,
    reader,
  }: { readonly measure: Measure; readonly numbers: ImageNumbers; readonly reader: BoxReader },
): Omit<RankedImage, 'rank'> {
  const [start, end] = [offsets[image]!, offsets[image + 1]!];
  const box = start === end ? null : measure.deciding(values, start, end).place;
  const row = box === null ? null : rows[box]!;
  return {
    ...{ image_id: columns.image_id.at(image)!, image: columns.image.at(image)?.uri ?? null },
    ...{ width: columns.width.at(image)!, height: columns.height.at(image)!, boxes: end - start },
    box_index: row === null ? null : row - boxes.offsets[image]!,
    ...(row === null ? noClasses(form) : reader.classesOf(row)),
    box_value: box === null ? null : values[box]!,
    value: numbers.values[image]!,
    place: numbers.places[image]!,
    error: columns.error.at(image)?.message ?? null,
  };
}

function noClasses(form: ScoredShard['table']['form']): ListedClasses {
  return { label: null, score: null, ...(form === 'class_scores' && { second_label: null, second_score: null }) };
}
