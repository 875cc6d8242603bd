/** What a wrong value is. */
export type WrongKind =
  'undefined' | 'null' | 'number' | 'NaN' | 'true' | 'text' | 'empty' | 'array' | 'object' | 'function' | 'promise';

/** Values that few arguments may be, by what they are. The text is a path at which no file can be
 * written.
 */
export const wrongValues: Readonly<Record<WrongKind, unknown>> = {
  undefined: undefined,
  null: null,
  number: 7,
  NaN: NaN,
  true: true,
  text: '/dev/null/margin',
  empty: '',
  array: [],
  object: {},
  function: (): number => 1,
  promise: Promise.resolve(1),
};
