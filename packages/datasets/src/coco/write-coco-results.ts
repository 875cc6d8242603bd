import { inChunks } from '../files/in-chunks.ts';
import { writeFileWhole } from '../files/write-file-whole.ts';
import { assertColumn, assertFunction, assertOptions, assertText, shortestFloat32 } from '@qualm/types';
import type { ClassScores, Column, Detections, RowShapes } from '@qualm/types';

/** The columns that results are made of; those of `readPredictions` will do. */
export interface ResultColumns {
  readonly image_id: Column<string | number>;
  readonly detections: Column<Detections | ClassScores | null>;
}

/** Options of `writeCocoResults`. */
export interface CocoResultsOptions {
  /** COCO's category id for a label id, where the model counts otherwise:
   * `(id) => cocoLabels91[id].id`.
   */
  readonly categoryId?: (labelId: number) => number;
}

/** Stores detections in COCO's results format, [{image_id, category_id, bbox: [x, y, width,
 * height], score}], which `COCO.loadRes` of pycocotools reads. Of class scores each box's best
 * class counts. A mask is its `segmentation`, key points its `keypoints`, in which a point's score
 * stands for its visibility. Rows without detections give none. Numbers are the shortest decimals
 * that read back as the same float32. Yields how many detections there are.
 * @throws QualmError `io`.
 * @see https://cocodataset.org/#format-results */
export async function writeCocoResults(
  path: string,
  columns: ResultColumns,
  options: CocoResultsOptions = {},
): Promise<number> {
  assertText('writeCocoResults', 'its path', path, "a path, such as 'results.json'");
  assertOptions('writeCocoResults', columns, '(await readPredictions(folder)).columns', 'its columns');
  for (const name of ['image_id', 'detections'] as const)
    assertColumn('writeCocoResults', `column "${name}"`, columns[name]);
  assertOptions('writeCocoResults', options, '{ categoryId: (id) => id + 1 }');
  const { categoryId = (id) => id } = options;
  assertFunction('writeCocoResults', 'categoryId', categoryId, 'a function, such as (id) => id + 1');
  let count = 0;
  function* text(): Generator<string, void, undefined> {
    yield '[';
    for (const result of results(columns, categoryId)) yield `${count++ > 0 ? ',' : ''}\n${JSON.stringify(result)}`;
    yield '\n]\n';
  }
  await writeFileWhole(path, inChunks(text()));
  return count;
}

function* results(
  { image_id, detections }: ResultColumns,
  categoryId: (labelId: number) => number,
): Generator<unknown> {
  for (let row = 0; row < detections.length; row++) {
    const found = detections.at(row);
    if (!found) continue;
    const best = found.form === 'detections' ? 1 : found.numClasses;
    for (let i = 0; i < found.length; i++) {
      yield {
        image_id: image_id.at(row),
        category_id: categoryId(found.labelIds[i * best]!),
        bbox: xywh(found.boxes, i),
        score: shortestFloat32(found.scores[i * best]!),
        ...(found.shapes && shapesAsCoco(found.shapes.at(i))),
      };
    }
  }
}

function xywh(boxes: Float32Array, i: number): number[] {
  const [xmin, ymin, xmax, ymax] = boxes.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
  return [xmin, ymin, Math.fround(xmax - xmin), Math.fround(ymax - ymin)].map(shortestFloat32);
}

function shapesAsCoco({ mask, keypoints }: RowShapes): Record<string, unknown> {
  return {
    ...(mask && { segmentation: mask.toJSON() }),
    ...(keypoints && { keypoints: Array.from(keypoints, (value, at) => pointNumber(value, at)) }),
  };
}

/** Of a point that nobody scored it is 1, and a place that is no number is 0: COCO's own programs
 * read no NaN.
 */
function pointNumber(value: number, at: number): number {
  return Number.isNaN(value) ? Number(at % 3 === 2) : shortestFloat32(value);
}
