import { assertNumber, Box2d } from '@qualm/types';
import { assertBox, assertStyle } from './assert-picture.ts';
import { box, compose } from './layer.ts';
import type { BoxLayer, BoxLike, GroupLayer } from './layer.ts';
import type { BoxStyle } from './style.ts';

/** A bar inside of a box, near its lower edge, that is as long as a score: full at 1, empty at 0.
 * Scores outside of that are taken for the nearer end; NaN draws nothing.
 * @example compose(box(b), confidenceBar(b, 0.51, { color: 'gold' }))
 */
export function confidenceBar(around: BoxLike, score: number, style: BoxStyle = {}): GroupLayer {
  assertBox('confidenceBar', around);
  assertNumber('confidenceBar', 'its score', score);
  assertStyle('confidenceBar', style);
  const { xmin, ymin, xmax, ymax } = around;
  if (Number.isNaN(score) || !(xmin <= xmax && ymin <= ymax)) return compose();
  const part = Math.min(1, Math.max(0, score));
  const { label: _label, ...look } = style;
  // Clear of the strokes of the box.
  const [left, across] = [xmin + 0.08 * (xmax - xmin), 0.84 * (xmax - xmin)];
  const [top, bottom] = [ymax - 0.2 * (ymax - ymin), ymax - 0.09 * (ymax - ymin)];
  const bar = (share: number, fillOpacity: number): BoxLayer =>
    box(sameSpace(around, left, top, left + share * across, bottom), { ...look, strokeWidth: 0, fillOpacity });
  return compose(bar(1, 0.3), ...(part > 0 ? [bar(part, 1)] : []));
}

function sameSpace(like: BoxLike, xmin: number, ymin: number, xmax: number, ymax: number): BoxLike {
  return 'space' in like ? new Box2d(xmin, ymin, xmax, ymax, like.space) : { xmin, ymin, xmax, ymax };
}
