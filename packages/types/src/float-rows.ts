/** Arrays as one, one after the other. */
export function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Some rows of a matrix of so many columns, in that order. */
export function gatherFloats(values: Float32Array, columns: number, rows: ArrayLike<number>): Float32Array {
  const all = new Float32Array(columns * rows.length);
  for (let at = 0; at < rows.length; at++) {
    all.set(values.subarray(columns * rows[at]!, columns * (rows[at]! + 1)), columns * at);
  }
  return all;
}
