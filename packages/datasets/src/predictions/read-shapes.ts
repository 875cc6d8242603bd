import { BoxShapes } from '@qualm/types';
import type { KeypointArrays, MaskArrays, ShapeKind } from '@qualm/types';
import { joinPages } from '../parquet/join-pages.ts';
import { invalid } from './group-columns.ts';
import type { GroupColumns } from './group-columns.ts';
import { vectorLength } from './list-structure.ts';
import { rotatedBoxParts } from './shape-leaves.ts';

/** The images of a row group, in so far as masks are of their size. */
interface ShapedImages {
  /** Boxes per image, -1 for null. */
  readonly counts: readonly number[];
  readonly widths: readonly (number | null)[];
  readonly heights: readonly (number | null)[];
}

const element = ['detections', 'list', 'element'];

/** What stands beside the boxes of a row group; undefined where the set has boxes alone.
 * @throws QualmError `dataset-invalid` where a column is missing or holds something else.
 */
export function readShapes(
  columns: GroupColumns,
  kinds: readonly ShapeKind[],
  numBoxes: number,
  images: ShapedImages,
): BoxShapes | undefined {
  if (kinds.length === 0) return undefined;
  const has = (kind: ShapeKind): boolean => kinds.includes(kind);
  try {
    return new BoxShapes(
      {
        masks: has('mask') ? readMasks(columns, images) : undefined,
        keypoints: has('keypoints') ? readKeypoints(columns, numBoxes) : undefined,
        rotatedBoxes: has('rotated_box') ? readRotatedBoxes(columns, numBoxes) : undefined,
      },
      numBoxes,
    );
  } catch (error) {
    if (error instanceof RangeError) throw invalid(columns.file, error.message);
    throw error;
  }
}

function readMasks(columns: GroupColumns, { counts, widths, heights }: ShapedImages): MaskArrays {
  const texts = columns.pages([...element, 'mask']).flatMap(({ values }) => Array.from(values as ArrayLike<string>));
  const offsets = new Uint32Array(texts.length + 1);
  texts.forEach((text, row) => {
    offsets[row + 1] = offsets[row]! + text.length;
  });
  const codes = new Uint8Array(offsets.at(-1)!);
  texts.forEach((text, row) => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) throw invalid(columns.file, `a mask holds ${JSON.stringify(text[at])}; expected COCO's counts`);
      codes[offsets[row]! + at] = code;
    }
  });
  const sizes = Uint32Array.from(
    counts.flatMap((count, image) =>
      Array.from({ length: Math.max(0, count) }, () => [widths[image] ?? 0, heights[image] ?? 0]).flat(),
    ),
  );
  return { counts: codes, offsets, sizes };
}

function readKeypoints(columns: GroupColumns, numBoxes: number): KeypointArrays {
  const path = [...element, 'keypoints', 'list', 'element'];
  const pages = columns.pages(path);
  const length = vectorLength(columns.schema, path, pages, numBoxes);
  if (length === null || length % 3 !== 0)
    throw invalid(columns.file, 'boxes have several numbers of key points, or not three numbers to each');
  return { values: joinPages(Float32Array, pages), numPoints: length / 3 };
}

function readRotatedBoxes(columns: GroupColumns, numBoxes: number): Float32Array {
  const boxes = new Float32Array(5 * numBoxes);
  rotatedBoxParts.forEach((part, offset) => {
    joinPages(Float32Array, columns.pages([...element, 'rotated_box', part])).forEach((value, row) => {
      boxes[5 * row + offset] = value;
    });
  });
  return boxes;
}
