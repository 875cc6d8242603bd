import { rowAt } from './flat-rows.ts';
import { gatherFloats, joinFloats } from './float-rows.ts';
import { gatherMasks, joinMasks } from './mask-arrays.ts';
import { MaskColumn } from './mask-column.ts';
import type { MaskArrays } from './mask-column.ts';
import type { RotatedBox, RowShapes, ShapeKind } from './row-shapes.ts';

/** Key points of boxes as one array. */
export interface KeypointArrays {
  /** [n, numPoints, 3], as `RowShapes.keypoints`. */
  readonly values: Float32Array;
  /** Points of each box. */
  readonly numPoints: number;
}

/** The arrays of `BoxShapes`: what there is, there is for every box. */
export interface BoxShapeArrays {
  readonly masks?: MaskArrays | undefined;
  readonly keypoints?: KeypointArrays | undefined;
  /** [n, 5]: cx, cy, width, height in pixels of the image, angle in radians. */
  readonly rotatedBoxes?: Float32Array | undefined;
}

/** What stands beside boxes, as struct-of-arrays: masks, key points, turned boxes, each of all
 * boxes or of none.
 * @example detections.shapes?.masks?.at(0)?.area
 */
export class BoxShapes implements BoxShapeArrays {
  declare readonly masks?: MaskColumn;
  declare readonly keypoints?: KeypointArrays;
  declare readonly rotatedBoxes?: Float32Array;
  /** Boxes that they stand beside. */
  readonly length: number;

  /** @throws RangeError when one of them is not of so many boxes. */
  constructor({ masks, keypoints, rotatedBoxes }: BoxShapeArrays, length: number) {
    this.length = length;
    if (masks) this.masks = masks instanceof MaskColumn ? masks : new MaskColumn(masks);
    if (keypoints) this.keypoints = keypoints;
    if (rotatedBoxes) this.rotatedBoxes = rotatedBoxes;
    assertCount('masks', this.masks?.length, length);
    assertCount('sets of key points', keypoints && keypoints.values.length / (3 * keypoints.numPoints), length);
    assertCount('turned boxes', rotatedBoxes && rotatedBoxes.length / 5, length);
  }

  /** Copies what rows have beside their boxes; undefined where the first has nothing.
   * @throws RangeError where a row lacks what the first has, or has another number of key points.
   */
  static from(rows: readonly RowShapes[]): BoxShapes | undefined {
    return shapesOfRows(rows);
  }

  /** What rows have, one after the other, copied; undefined where none has anything.
   * @throws RangeError where a row has what another lacks.
   */
  static join(parts: readonly { readonly length: number; readonly shapes?: BoxShapes }[]): BoxShapes | undefined {
    const full = parts.filter(({ length }) => length > 0);
    const first = (full.length > 0 ? full : parts).find(({ shapes }) => shapes !== undefined)?.shapes;
    if (first === undefined) return undefined;
    const known = full.map(({ shapes }) => {
      if (words(first) === words(shapes)) return shapes!;
      throw new RangeError(
        `BoxShapes.join: some boxes have ${words(first)} beside them, others ${words(shapes)}; expected the same of all`,
      );
    });
    const { masks, keypoints, rotatedBoxes } = first;
    const length = full.reduce((sum, part) => sum + part.length, 0);
    return new BoxShapes(
      {
        masks: masks && joinMasks(known.map((shapes) => shapes.masks!)),
        keypoints: keypoints && { ...keypoints, values: joinFloats(known.map((shapes) => shapes.keypoints!.values)) },
        rotatedBoxes: rotatedBoxes && joinFloats(known.map((shapes) => shapes.rotatedBoxes!)),
      },
      length,
    );
  }

  /** What there is. */
  get kinds(): readonly ShapeKind[] {
    const { masks, keypoints, rotatedBoxes } = this;
    const there = { mask: masks, keypoints, rotated_box: rotatedBoxes };
    return (['mask', 'keypoints', 'rotated_box'] as const).filter((kind) => there[kind] !== undefined);
  }

  /** The memory of the arrays, each once. */
  get buffers(): readonly ArrayBuffer[] {
    const { masks, keypoints, rotatedBoxes } = this;
    const arrays = [masks?.counts, masks?.offsets, masks?.sizes, keypoints?.values, rotatedBoxes];
    return [...new Set(arrays.flatMap((array) => (array ? [array.buffer as ArrayBuffer] : [])))];
  }

  /** What stands beside one box; nothing outside.
   * @throws RangeError for a mask that cannot be read.
   */
  at(index: number): RowShapes {
    const row = rowAt(index, this.length);
    if (row < 0) return {};
    const { masks, keypoints, rotatedBoxes } = this;
    return {
      ...(masks && { mask: masks.at(row)! }),
      ...(keypoints && { keypoints: keypointsAt(keypoints, row, row + 1) }),
      ...(rotatedBoxes && { rotated_box: rotatedBoxAt(rotatedBoxes, row) }),
    };
  }

  /** Of the boxes from `from` to below `to`, sharing memory. */
  slice(from: number, to: number): BoxShapes {
    const { masks, keypoints, rotatedBoxes } = this;
    return new BoxShapes(
      {
        masks: masks?.slice(from, to),
        keypoints: keypoints && { ...keypoints, values: keypointsAt(keypoints, from, to) },
        rotatedBoxes: rotatedBoxes?.subarray(5 * from, 5 * to),
      },
      to - from,
    );
  }

  /** Of some boxes, in that order, copied. */
  gather(rows: ArrayLike<number>): BoxShapes {
    const { masks, keypoints, rotatedBoxes } = this;
    return new BoxShapes(
      {
        masks: masks && gatherMasks(masks, rows),
        keypoints: keypoints && {
          ...keypoints,
          values: gatherFloats(keypoints.values, 3 * keypoints.numPoints, rows),
        },
        rotatedBoxes: rotatedBoxes && gatherFloats(rotatedBoxes, 5, rows),
      },
      rows.length,
    );
  }
}

/** `BoxShapes` of what is given, of so many boxes; undefined for nothing.
 * @throws RangeError when they are of another number of boxes.
 */
export function toBoxShapes(shapes: BoxShapeArrays | undefined, length: number): BoxShapes | undefined {
  const isOne = shapes === undefined || (shapes instanceof BoxShapes && shapes.length === length);
  return isOne ? shapes : new BoxShapes(shapes, length);
}

function shapesOfRows(rows: readonly RowShapes[]): BoxShapes | undefined {
  const [first] = rows;
  if (!first || !(first.mask || first.keypoints || first.rotated_box)) return undefined;
  const all = <Kind extends ShapeKind>(kind: Kind): NonNullable<RowShapes[Kind]>[] | undefined =>
    first[kind] &&
    rows.map((row, at) => {
      const value = row[kind];
      if (value) return value;
      throw new RangeError(
        `BoxShapes.from: row ${at} has no ${kind}, the first row has one; expected it of all or of none`,
      );
    });
  const [masks, points, turned] = [all('mask'), all('keypoints'), all('rotated_box')];
  return new BoxShapes(
    {
      masks: masks && MaskColumn.from(masks),
      keypoints: points && { values: joinFloats(points), numPoints: points[0]!.length / 3 },
      rotatedBoxes:
        turned &&
        Float32Array.from(turned.flatMap(({ cx, cy, width, height, angle }) => [cx, cy, width, height, angle])),
    },
    rows.length,
  );
}

function keypointsAt({ values, numPoints }: KeypointArrays, from: number, to: number): Float32Array {
  return values.subarray(3 * numPoints * from, 3 * numPoints * to);
}

function rotatedBoxAt(boxes: Float32Array, row: number): RotatedBox {
  const [cx, cy, width, height, angle] = boxes.subarray(5 * row, 5 * row + 5);
  return { cx: cx!, cy: cy!, width: width!, height: height!, angle: angle! };
}

function words(shapes: BoxShapes | undefined): string {
  const named = shapes?.kinds.map((kind) => (kind === 'keypoints' ? `${shapes.keypoints!.numPoints} keypoints` : kind));
  return named?.join(' and ') || 'nothing';
}

function assertCount(what: string, came: number | undefined, boxes: number): void {
  if (came === undefined || came === boxes) return;
  throw new RangeError(`BoxShapes: ${came} ${what} beside ${boxes} boxes; expected as many of each`);
}
