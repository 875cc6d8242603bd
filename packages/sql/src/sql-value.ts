/** A value of a result, as JavaScript has it: NULL is null; integers up to 53 bits and floats are
 * numbers, larger integers bigints, lists arrays or typed arrays, structs plain objects, maps
 * lists of `{ key, value }`, blobs bytes, dates and timestamps `Date`, times of day
 * microseconds. */
export type SqlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | Float32Array
  | Float64Array
  | Int32Array
  | readonly SqlValue[]
  | { readonly [name: string]: SqlValue };
