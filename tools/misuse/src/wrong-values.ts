/** What a wrong value is. */
export type WrongKind =
  'undefined' | 'null' | 'number' | 'NaN' | 'true' | 'text' | 'empty' | 'array' | 'object' | 'function' | 'promise';

/** Values that few arguments may be. */
export const wrongValues: Readonly<Record<WrongKind, unknown>> = {
  undefined: undefined,
  null: null,
  number: 7,
  NaN: NaN,
  true: true,
  text: 'margin',
  empty: '',
  array: [],
  object: {},
  function: (): number => 1,
  promise: Promise.resolve(1),
};
