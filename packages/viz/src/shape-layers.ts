import { assertNumbers } from '@qualm/types';
import type { RowShapes } from '@qualm/types';
import { cocoSkeleton } from './coco-skeleton.ts';
import type { Color } from './color.ts';
import { keypoints, mask } from './layer.ts';
import type { KeypointsLayer, Layer, Point } from './layer.ts';

/** How what stands beside a box is drawn. */
export interface ShapeLayersOptions {
  readonly color: Color;
  /** Default `cocoSkeleton` where there are seventeen points, else none. */
  readonly skeleton?: KeypointsLayer['skeleton'] | undefined;
}

/** A point that the model is less sure of is not drawn. */
const leastSure = 0.5;

/** The mask and the key points of a row, without a box. */
export function shapeLayers({ mask: pixels, keypoints: values }: RowShapes, options: ShapeLayersOptions): Layer[] {
  const { color, skeleton } = options;
  const joints = values && jointsOf(values);
  return [
    ...(pixels ? [mask(pixels, { color, strokeWidth: 0 })] : []),
    ...(joints ? [keypoints(joints.points, { color, skeleton: skeleton ?? joints.skeleton })] : []),
  ];
}

/** The points of a row that are drawn, null for one that the model is not sure of, and which of
 * them are joined: as COCO joins them where there are seventeen, else none.
 * @param values x, y and score of each point, as `keypoints` of rows have them
 * @example keypoints(jointsOf(row.keypoints).points, { skeleton: cocoSkeleton }) */
export function jointsOf(values: ArrayLike<number>): Pick<KeypointsLayer, 'points' | 'skeleton'> {
  assertNumbers('jointsOf', 'its values', values);
  const points = pointsOf(values);
  return { points, skeleton: points.length === cocoSkeletonPoints ? cocoSkeleton : [] };
}

const cocoSkeletonPoints = 17;

function pointsOf(values: ArrayLike<number>): (Point | null)[] {
  return Array.from({ length: values.length / 3 }, (_, point) => {
    const [x, y, score] = [values[3 * point]!, values[3 * point + 1]!, values[3 * point + 2]!];
    return score < leastSure ? null : [x, y];
  });
}
