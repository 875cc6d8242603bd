import { assertList } from '@qualm/types/rows';

/** @throws RangeError when offsets are not whole numbers that run, never falling, from 0 to
 * `length`.
 */
export function assertOffsets(where: string, offsets: ArrayLike<number>, length: number): void {
  assertList(where, 'offsets', offsets);
  const last = offsets.length - 1;
  if (last < 0 || offsets[0] !== 0 || offsets[last] !== length) {
    throw new RangeError(
      `${where}: offsets run from ${offsets[0]} to ${offsets[last]}; expected 0 to ${length}, the number of values`,
    );
  }
  for (let group = 0; group < last; group++) {
    const end = offsets[group + 1]!;
    if (!(end >= offsets[group]! && Number.isInteger(end))) {
      throw new RangeError(
        `${where}: offsets go from ${offsets[group]} to ${end} at group ${group}; expected whole numbers that never fall`,
      );
    }
  }
}
