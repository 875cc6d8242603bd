/* Rows of unequal length in flat arrays: which part each row owns, and how the arrays grow. */

type Numbers = Float32Array | Int32Array | Uint32Array | Uint8Array;

/** Which part of a flat array each row of a column owns, and which rows are null. */
export interface RowOffsets {
  /** Row i owns entries `offsets[i]` to `offsets[i + 1]`; one longer than the column. */
  readonly offsets: Uint32Array;
  /** 1 where the row has a value, 0 where it is null; as long as the column. */
  readonly valid: Uint8Array;
}

/** Throws where offsets, validity and the number of entries do not belong together. */
export function assertRowOffsets(where: string, { offsets, valid }: RowOffsets, entries: number): void {
  if (offsets.length !== valid.length + 1) {
    throw new RangeError(`${where}: ${offsets.length} offsets for ${valid.length} rows; expected one more than rows`);
  }
  for (let row = 0; row < valid.length; row++) {
    if (offsets[row]! > offsets[row + 1]!) {
      throw new RangeError(`${where}: offsets fall from ${offsets[row]} to ${offsets[row + 1]} at row ${row}`);
    }
  }
  if (offsets[0] !== 0 || offsets.at(-1) !== entries) {
    throw new RangeError(
      `${where}: offsets run from ${offsets[0]} to ${offsets.at(-1)}; expected 0 to ${entries}, the number of boxes`,
    );
  }
}

/** The row that `Array.prototype.at` means by `index`, -1 when there is none. */
export function rowAt(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  const row = whole < 0 ? whole + length : whole;
  return row >= 0 && row < length ? row : -1;
}

/** A typed array that doubles when it is full, so that appending n numbers costs O(n). */
export interface GrowingArray<A extends Numbers> {
  append(values: ArrayLike<number>): void;
  /** What was appended, in an array of just that length. */
  finish(): A;
}

/** An empty growing array over the constructor of its storage. */
export function createGrowingArray<A extends Numbers>(Storage: new (length: number) => A): GrowingArray<A> {
  let data = new Storage(64);
  let length = 0;
  return {
    append(values) {
      const needed = length + values.length;
      if (needed > data.length) {
        const grown = new Storage(Math.max(needed, 2 * data.length));
        grown.set(data.subarray(0, length));
        data = grown;
      }
      data.set(values, length);
      length = needed;
    },
    finish: () => data.slice(0, length) as A,
  };
}
