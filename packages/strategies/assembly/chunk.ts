/* Where a chunk of rows comes in, and where the two numbers of each row go out. The caller keeps to the room. */

export const inputBytes: i32 = 1 << 21;
export const outputBytes: i32 = 1 << 16;
/** A vector may be read up to 16 bytes past the last row. */
export const input = memory.data(2097152 + 16, 16);
export const output = memory.data(65536, 16);

/** A row whose first number is NaN is one that the caller has to score by itself. */
// @ts-ignore: decorator
@inline
export function storePair(row: i32, first: f64, second: f64): void {
  const to = output + (<usize>row << 4);
  store<f64>(to, first);
  store<f64>(to, second, 8);
}
