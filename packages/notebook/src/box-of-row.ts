import type { BoxLike } from '@qualm/viz/svg';
import { isBox, isObject } from './is-kind.ts';

/** The box that a row of a table is about: its first box, or that of its first detection. Null
 * where there is none that can be drawn.
 */
export function boxOfRow(values: readonly unknown[]): BoxLike | null {
  for (const value of values) {
    const found = isObject(value) && !isBox(value) ? value['box'] : value;
    if (isBox(found)) return isDrawable(found) ? found : null;
  }
  return null;
}

function isDrawable({ xmin, ymin, xmax, ymax }: BoxLike): boolean {
  return [xmin, ymin, xmax, ymax].every(Number.isFinite) && xmin <= xmax && ymin <= ymax;
}
