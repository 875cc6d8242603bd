import { expect } from 'vitest';

/* What runs before each test file: `toEqual` and the like compare typed arrays a hundred times as
 * fast, by the same rule.
 */
expect.addEqualityTesters([equalNumbers]);

/** Whether both are typed arrays of one kind with the same numbers, 0 and -0 being two; undefined
 * where either is something else.
 */
function equalNumbers(a: unknown, b: unknown): boolean | undefined {
  if (!isTypedArray(a) || !isTypedArray(b)) return undefined;
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  for (let place = 0; place < a.length; place++) if (!Object.is(a[place], b[place])) return false;
  return true;
}

function isTypedArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
