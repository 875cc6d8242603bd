import type { CocoSegmentation, Mask } from './mask.ts';
import { shortestFloat32 } from './shortest-float32.ts';

/** What may stand beside a box: the pixels of the thing in it, its key points, or the same box
 * turned about its middle.
 */
export type ShapeKind = 'mask' | 'keypoints' | 'rotated_box';

/** A box that is turned about its middle. */
export interface RotatedBox {
  /** The middle, in pixels of the image. */
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  /** In radians, clockwise as people see it: y goes down. */
  readonly angle: number;
}

/** What stands beside one box. */
export interface RowShapes {
  /** Of the size of the image. */
  readonly mask?: Mask;
  /** [points, 3]: x and y in pixels of the image, and how sure the model is of the point, 0..1; NaN
   * where it does not say. */
  readonly keypoints?: Float32Array;
  readonly rotated_box?: RotatedBox;
}

/** The same as JSON: a mask is COCO's compressed RLE. */
export interface RowShapesJson {
  readonly mask?: CocoSegmentation;
  readonly keypoints?: readonly number[];
  readonly rotated_box?: RotatedBox;
}

/** What stands beside a box as `JSON.stringify` writes it, of the shortest decimals that read back
 * as the same float32; NaN becomes null there.
 */
export function rowShapesJson({ mask, keypoints, rotated_box: turned }: RowShapes): RowShapesJson {
  return {
    ...(mask && { mask: mask.toJSON() }),
    ...(keypoints && { keypoints: Array.from(keypoints, shortestFloat32) }),
    ...(turned && { rotated_box: shortest(turned) }),
  };
}

function shortest({ cx, cy, width, height, angle }: RotatedBox): RotatedBox {
  return {
    ...{ cx: shortestFloat32(cx), cy: shortestFloat32(cy) },
    ...{ width: shortestFloat32(width), height: shortestFloat32(height), angle: shortestFloat32(angle) },
  };
}
