import { assertFunction, assertOptions } from '@qualm/types';
import type { BoxLike } from '@qualm/viz';
import { assertSource } from '../assert-arguments.ts';
import { assertNotAborted } from '../assert-not-aborted.ts';
import { sourceShards } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';

/** A box that is not where it was. */
export interface MovedBox {
  readonly image_id: string | number;
  /** Which of the boxes that are stored of the image, from 0. */
  readonly box_index: number;
  readonly was: BoxLike;
  readonly is: BoxLike;
}

/** What came of comparing boxes with where they were. */
export interface MovedBoxes {
  /** How many boxes could be compared. */
  readonly compared: number;
  /** How many of them are somewhere else. */
  readonly moved: number;
  /** The first that is; null where none is. */
  readonly first: MovedBox | null;
}

/** Pixels that an edge may differ by: other hardware rounds otherwise. */
const tolerance = 0.5;

/** Whether boxes of stored predictions are where they were when something was made of them, such
 * as vectors of `boxCrops`: where predictions were made anew, a box of the same place in the list
 * may be another. An edge may differ by half a pixel. One shard is in memory at a time.
 * @param boxOf where a box was, in pixels of its image; null where that is not known, and then it
 * is not compared
 * @throws QualmError `io`, `dataset-invalid` where there are no predictions; `aborted` by the
 * signal.
 * @example (await movedBoxes('predictions', vectors.boxOf)).moved // 0
 */
export async function movedBoxes(
  source: PredictionSource,
  boxOf: (image_id: string | number, box_index: number) => BoxLike | null,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<MovedBoxes> {
  assertSource('movedBoxes', source);
  assertFunction('movedBoxes', 'boxOf', boxOf, 'a function, such as boxOf of readEmbeddings');
  assertOptions('movedBoxes', options, '{ signal }');
  let compared = 0;
  let moved = 0;
  let first: MovedBox | null = null;
  for await (const { length, columns, boxes } of sourceShards(source, { reuseMemory: true })) {
    assertNotAborted(options.signal);
    for (let image = 0; image < length; image++) {
      const [start, end] = [boxes.offsets[image]!, boxes.offsets[image + 1]!];
      const image_id = columns.image_id.at(image)!;
      for (let row = start; row < end; row++) {
        const was = boxOf(image_id, row - start);
        if (was === null) continue;
        compared++;
        const [xmin, ymin, xmax, ymax] = boxes.boxAt(row);
        const is = { xmin, ymin, xmax, ymax };
        if (isSamePlace(was, is)) continue;
        moved++;
        first ??= { image_id, box_index: row - start, was, is };
      }
    }
  }
  return { compared, moved, first };
}

function isSamePlace(was: BoxLike, is: BoxLike): boolean {
  return (['xmin', 'ymin', 'xmax', 'ymax'] as const).every((edge) => !(Math.abs(was[edge] - is[edge]) > tolerance));
}
