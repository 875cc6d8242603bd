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
    throw new RangeError(`${where}: ${offsets.length} offsets for ${valid.length} rows; wanted one more than rows`);
  }
  for (let row = 0; row < valid.length; row++) {
    if (offsets[row]! > offsets[row + 1]!) {
      throw new RangeError(`${where}: offsets fall from ${offsets[row]} to ${offsets[row + 1]} at row ${row}`);
    }
  }
  if (offsets[0] !== 0 || offsets.at(-1) !== entries) {
    throw new RangeError(
      `${where}: offsets run from ${offsets[0]} to ${offsets.at(-1)}; wanted 0 to ${entries}, the number of boxes`,
    );
  }
}

/** The row that `Array.prototype.at` means by `index`, -1 when there is none. */
export function rowAt(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  const row = whole < 0 ? whole + length : whole;
  return row >= 0 && row < length ? row : -1;
}
