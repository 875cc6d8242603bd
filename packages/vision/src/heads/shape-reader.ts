import { BoxShapes, MaskColumn, QualmError } from '@qualm/types';
import type { Anchors, ImageGeometry, KeypointArrays, ShapeKind } from '@qualm/types';
import { createMaskReader } from './mask-reader.ts';
import { toOriginalKeypoints } from './original-keypoints.ts';
import { toOriginalRotatedBox } from './original-rotated-box.ts';

/** The rows of an image whose shapes are read. */
export interface ShapedRows {
  /** The anchor of each. */
  readonly anchors: readonly number[];
  /** [n, 4] in pixels of the original image. */
  readonly boxes: Float32Array;
  readonly geometry: ImageGeometry;
}

/** Reads what stands beside boxes, in pixels of the original image. */
export type ShapeReader = (anchors: Anchors, rows: ShapedRows) => BoxShapes;

/** @param kinds what the head's reader says that its anchors have; nothing gives null. */
export function createShapeReader(type: string, kinds: readonly ShapeKind[]): ShapeReader | null {
  if (kinds.length === 0) return null;
  const readMask = createMaskReader();
  const masksOf = ({ masks }: Anchors, { anchors, boxes, geometry }: ShapedRows): MaskColumn => {
    const grid = masks ?? missing(type, 'mask', 'masks');
    return MaskColumn.from(
      anchors.map((anchor, row) => readMask(grid, anchor, boxes.subarray(4 * row, 4 * row + 4), geometry)),
    );
  };
  return (anchors, rows) =>
    new BoxShapes(
      {
        masks: kinds.includes('mask') ? masksOf(anchors, rows) : undefined,
        keypoints: kinds.includes('keypoints') ? keypointsOf(type, anchors, rows) : undefined,
        rotatedBoxes: kinds.includes('rotated_box') ? rotatedBoxesOf(type, anchors, rows) : undefined,
      },
      rows.anchors.length,
    );
}

function keypointsOf(type: string, { keypoints }: Anchors, { anchors, geometry }: ShapedRows): KeypointArrays {
  const reader = keypoints ?? missing(type, 'keypoints', 'keypoints');
  const { numPoints } = reader;
  const values = new Float32Array(3 * numPoints * anchors.length);
  anchors.forEach((anchor, row) => reader.read(anchor, values, 3 * numPoints * row));
  toOriginalKeypoints(values, geometry);
  return { values, numPoints };
}

function rotatedBoxesOf(type: string, { rotatedBoxes }: Anchors, { anchors, geometry }: ShapedRows): Float32Array {
  const reader = rotatedBoxes ?? missing(type, 'rotated_box', 'rotatedBoxes');
  const boxes = new Float32Array(5 * anchors.length);
  anchors.forEach((anchor, row) => {
    reader.read(anchor, boxes, 5 * row);
    toOriginalRotatedBox(boxes, 5 * row, geometry);
  });
  return boxes;
}

function missing(type: string, kind: ShapeKind, field: keyof Anchors): never {
  throw new QualmError(
    'spec-invalid',
    `head ${type}: its reader names the shape "${kind}", and its anchors have no ${field}; give them, or leave the name out`,
  );
}
