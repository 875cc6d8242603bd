import type { PredictionTable } from '@qualm/datasets';
import { aggregate } from '@qualm/strategies';
import type { RankingChoice } from './choose-ranking.ts';
import { decidingBox } from './deciding-box.ts';
import type { KeptBoxes } from './kept-boxes.ts';
import type { BoxReader, ListedClasses } from './listed-boxes.ts';

/** An image of the ranked list. What is of the box that the number comes from is null where the image has no box. */
export interface ImageRow extends ListedClasses {
  readonly image_id: string | number;
  readonly image: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly boxes: number;
  readonly box_index: number | null;
  /** The box's own number. */
  readonly box: number | null;
  /** The image's number; NaN where it has none. */
  readonly value: number;
  /** Where it comes, in the order of the numbers. */
  readonly place: number;
  readonly error: string | null;
}

export interface ImageRowsOptions {
  readonly choice: RankingChoice;
  /** Where images without a box come, or the number that they get. */
  readonly empty: 'first' | 'last' | number;
}

/** A row for each image of a shard. */
export function imageRows(
  { columns, form, length }: PredictionTable,
  { offsets, rows, values }: KeptBoxes,
  reader: BoxReader,
  { choice, empty }: ImageRowsOptions,
): ImageRow[] {
  const { strategy, aggregation, boxOrder, imageOrder, ofBox } = choice;
  const scored = { name: strategy.name, values: values.map(ofBox), order: boxOrder };
  const numbers = aggregate(scored, offsets, aggregation, { empty }).values;
  const { valid, offsets: stored } = columns.detections;
  return Array.from({ length }, (_, image) => {
    const [start, end] = [offsets[image]!, offsets[image + 1]!];
    const number = valid[image] ? numbers[image]! : NaN;
    const box = start === end ? null : decidingBox(values, [start, end], strategy.order, aggregation).place;
    const row = box === null ? null : rows[box]!;
    return {
      image_id: columns.image_id.at(image)!,
      image: columns.image.at(image)?.uri ?? null,
      width: columns.width.at(image)!,
      height: columns.height.at(image)!,
      boxes: end - start,
      box_index: row === null ? null : row - stored[image]!,
      ...(row === null ? noClasses(form) : reader.classesOf(row)),
      box: box === null ? null : values[box]!,
      value: start === end && typeof empty === 'string' ? NaN : number,
      place: start < end && Number.isNaN(number) ? afterNumbers(imageOrder) : number,
      error: columns.error.at(image)?.message ?? null,
    };
  });
}

/** An image whose boxes have NaN comes after all numbers, and before images without a box that are to come last. */
function afterNumbers(order: RankingChoice['imageOrder']): number {
  return order === 'ascending' ? Number.MAX_VALUE : -Number.MAX_VALUE;
}

function noClasses(form: PredictionTable['form']): ListedClasses {
  return { label: null, score: null, ...(form === 'class_scores' && { second_label: null, second_score: null }) };
}
