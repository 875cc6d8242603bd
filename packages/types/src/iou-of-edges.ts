/** Intersection over union of two boxes, each by its edges, in whatever units: 0..1; 0 for boxes
 * that only touch, and where areas are too small or too large for a number; NaN for a box with NaN.
 * The one formula of `Box2d.iou`, of rows and of SQL.
 * @example iouOfEdges(0, 0, 20, 20, 10, 10, 30, 30) // 1 / 7
 */
export function iouOfEdges(
  xmin: number,
  ymin: number,
  xmax: number,
  ymax: number,
  otherXmin: number,
  otherYmin: number,
  otherXmax: number,
  otherYmax: number,
): number {
  const width = Math.min(xmax, otherXmax) - Math.max(xmin, otherXmin);
  const height = Math.min(ymax, otherYmax) - Math.max(ymin, otherYmin);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  const union = (xmax - xmin) * (ymax - ymin) + (otherXmax - otherXmin) * (otherYmax - otherYmin) - shared;
  return union > 0 || Number.isNaN(shared) ? shared / union : 0;
}
