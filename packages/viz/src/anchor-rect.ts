import type { Size } from '@qualm/types';
import type { Anchor } from './style.ts';
import type { Rect } from './view.ts';

/** How far along a width and a height an anchor lies, 0..1. */
export function anchorPart(anchor: Anchor): readonly [x: number, y: number] {
  const x = anchor.endsWith('left') ? 0 : anchor.endsWith('right') ? 1 : 0.5;
  const y = anchor.startsWith('top') ? 0 : anchor.startsWith('bottom') ? 1 : 0.5;
  return [x, y];
}

/** A rectangle moved into a frame; the corner at (0, 0) wins where it is larger. */
export function keepInside(rect: Rect, frame: Size): Rect {
  const x = Math.max(0, Math.min(rect.x, frame.width - rect.width));
  const y = Math.max(0, Math.min(rect.y, frame.height - rect.height));
  return { ...rect, x, y };
}
