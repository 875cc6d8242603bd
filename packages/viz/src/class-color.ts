import { assertArray } from '@qualm/types';
import { classColors } from './class-colors.ts';
import type { Color } from './color.ts';

/** The colour of a class: the same id has the same colour everywhere, and the list starts again
 * after its end. A negative id counts from the end.
 * @param scheme colours of your own, for example out of a JSON file.
 * @throws RangeError for an id that is not an integer, or a scheme without colours.
 * @example classColor(0) // '#e69f00'
 */
export function classColor(id: number, scheme: readonly Color[] = classColors): Color {
  assertArray('classColor', 'its scheme', scheme, "an array of colours, such as ['tomato', '#e69f00']");
  return scheme[classColorPlace(id, scheme)]!;
}

/** Which colour of the scheme that is. */
export function classColorPlace(id: number, scheme: readonly Color[]): number {
  if (!Number.isInteger(id) || scheme.length === 0) {
    throw new RangeError(
      `classColor: id ${String(id)}, ${scheme.length} colours; expected an integer and at least one colour`,
    );
  }
  return ((id % scheme.length) + scheme.length) % scheme.length;
}
