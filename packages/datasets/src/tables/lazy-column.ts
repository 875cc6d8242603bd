import type { Column } from '@qualm/types';

/** A column whose values are made when they are read. `make` is asked for rows 0 to `length - 1`
 * only.
 * @example lazyColumn(3, (row) => row * row).at(-1) // 4
 */
export function lazyColumn<T>(length: number, make: (row: number) => T): Column<T> {
  return {
    length,
    at(index) {
      const row = Math.trunc(index) || 0;
      const place = row < 0 ? row + length : row;
      return place >= 0 && place < length ? make(place) : undefined;
    },
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row++) yield make(row);
    },
  };
}
