import { assertOptions, ClassScoresColumn, DetectionsColumn, hasFunctions, wrongArgument } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { PredictionShard } from '@qualm/datasets';
import { asShard } from './prediction-source.ts';
import type { CountedBoxes } from './scored-shard.ts';

/** An image as lists name it. */
export interface ListedImage {
  readonly image_id: string | number;
  /** Its path or URI; null where it was given as bytes. */
  readonly image: string | null;
}

/** Which images, or which boxes of them, are looked at, and why: a batch, or a list that was made
 * before.
 */
export interface ChosenImages {
  hasImage(image: ListedImage): boolean;
  /** Of an image that is chosen; all of its boxes where this is absent.
   * @param index which of the boxes that are stored of it, from 0; -1 for one that is none of them,
   * as another model's is
   */
  hasBox?(image: ListedImage, index: number): boolean;
  /** In words, or null. @param index of a box; null of the image. */
  reasonOf?(image: ListedImage, index: number | null): string | null;
  /** What the list says in numbers, one of each of `columns`; NaN where it says nothing.
   * @param index of a box; null of the image
   */
  numbersOf?(image: ListedImage, index: number | null): readonly number[];
  /** What these numbers are called. */
  readonly columns?: readonly string[];
  /** What is said in words, one of each of `wordColumns`; null where nothing is said.
   * @param index of a box; null of the image
   */
  wordsOf?(image: ListedImage, index: number | null): readonly (string | null)[];
  /** What these words are called. */
  readonly wordColumns?: readonly string[];
}

/** What a choice says of an image, or of one of its boxes. */
export interface Said {
  /** Null where nobody says. */
  readonly reason: string | null;
  readonly columns: readonly number[];
  readonly words: readonly (string | null)[];
}

/** @param index of a box; null of the image */
export function saidOf(only: ChosenImages | undefined, image: ListedImage, index: number | null): Said {
  return {
    reason: only?.reasonOf?.(image, index) ?? null,
    columns: only?.numbersOf?.(image, index) ?? [],
    words: only?.wordsOf?.(image, index) ?? [],
  };
}

/** How pages call what a choice says. */
export function columnNames(only: ChosenImages | undefined): Pick<ChosenImages, 'columns' | 'wordColumns'> {
  return {
    ...(only?.columns && { columns: only.columns }),
    ...(only?.wordColumns && { wordColumns: only.wordColumns }),
  };
}

/** @throws RangeError unless the value is a choice, or absent. */
export function assertChosen(where: string, value: unknown): void {
  if (value === undefined) return;
  assertOptions(where, value, '{ hasImage: ({ image_id }) => ids.has(image_id) }', 'only');
  if (!hasFunctions(value, 'hasImage'))
    throw wrongArgument(where, 'only', value, '{ hasImage: ({ image_id }) => ids.has(image_id) }');
}

/** The image of a row. */
export function listedImage({ columns }: Pick<PredictionShard, 'columns'>, row: number): ListedImage {
  return { image_id: columns.image_id.at(row)!, image: columns.image.at(row)?.uri ?? null };
}

/** The chosen images of a shard, as a shard in memory of its own. */
export function chosenShard(shard: PredictionShard, chosen: ChosenImages): PredictionShard {
  const rows = Array.from({ length: shard.length }, (_, row) => row);
  const kept = rows.filter((row) => chosen.hasImage(listedImage(shard, row)));
  if (kept.length === shard.length) return shard;
  const { image_id, image, width, height, detections, error } = shard.columns;
  const pick = <Value>(column: Column<Value>): Value[] => kept.map((row) => column.at(row)!);
  const columns = {
    ...{ image_id: pick(image_id), image: pick(image), width: pick(width), height: pick(height), error: pick(error) },
    detections:
      detections instanceof ClassScoresColumn
        ? ClassScoresColumn.from(kept.map((row) => detections.at(row)!))
        : DetectionsColumn.from(kept.map((row) => detections.at(row)!)),
  };
  return asShard({ ...shard, length: kept.length, columns });
}

/** Of the boxes that count those that are chosen. */
export function chosenBoxes(
  shard: PredictionShard,
  { offsets, rows }: CountedBoxes,
  { hasBox }: Required<Pick<ChosenImages, 'hasBox'>>,
): CountedBoxes {
  const kept = new Uint32Array(rows.length);
  const ends = new Uint32Array(offsets.length);
  let count = 0;
  for (let image = 0; image < offsets.length - 1; image++) {
    const listed = listedImage(shard, image);
    const first = shard.boxes.offsets[image]!;
    for (let at = offsets[image]!; at < offsets[image + 1]!; at++)
      if (hasBox(listed, rows[at]! - first)) kept[count++] = rows[at]!;
    ends[image + 1] = count;
  }
  return { length: count, offsets: ends, rows: kept.subarray(0, count) };
}
