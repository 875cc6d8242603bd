import type { Size } from '@qualm/types';

/** Sizes that follow the picture's height, or its width where it is upright, in pixels. */
export interface DefaultSizes {
  readonly fontSize: number;
  readonly strokeWidth: number;
}

/** What suits a picture of that size: 12 pixels of text and strokes of 2 at a height of 427.
 * @example defaultSizes({ width: 1920, height: 1080 }) // { fontSize: 30, strokeWidth: 4.5 }
 */
export function defaultSizes({ width, height }: Size): DefaultSizes {
  const measure = Math.min(height, width);
  const fontSize = Math.max(measure / 36, Math.min(11, measure / 8));
  return { fontSize, strokeWidth: Math.max(1, Math.min(2, measure / 60), Math.round(measure / 120) / 2) };
}
