import { assertNumber, assertOptions } from '@qualm/types';
import type { RotatedBox } from '@qualm/types';
import { assertStyle } from './assert-picture.ts';
import { polygon } from './layer.ts';
import type { Point, PolygonLayer } from './layer.ts';
import type { BoxStyle } from './style.ts';

/** A turned box, drawn as a box is. One with a NaN or a side below 0 is not drawn.
 * @example rotatedBox({ cx: 50, cy: 40, width: 60, height: 20, angle: Math.PI / 6 }, { label: 'ship 0.81' })
 */
export function rotatedBox(box: RotatedBox, style: BoxStyle = {}): PolygonLayer {
  assertOptions('rotatedBox', box, '{ cx: 50, cy: 40, width: 60, height: 20, angle: 0 }', 'its box');
  for (const name of ['cx', 'cy', 'width', 'height', 'angle'] as const) assertNumber('rotatedBox', name, box[name]);
  assertStyle('rotatedBox', style);
  const { cx, cy, width, height, angle } = box;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corner = (x: number, y: number): Point => [cx + x * cos - y * sin, cy + x * sin + y * cos];
  const [right, down] = [width / 2, height / 2];
  const isBox = width >= 0 && height >= 0;
  const corners = [corner(-right, -down), corner(right, -down), corner(right, down), corner(-right, down)];
  return polygon(isBox ? corners : [], { fillOpacity: 0, ...style });
}
