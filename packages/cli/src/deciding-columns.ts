import type { ColumnTable } from 'arquero';
import type { Aggregation } from '@qualm/strategies';
import type { Strategy } from '@qualm/types';
import { decidingBox } from './deciding-box.ts';

/** What the lists say of the box that an image's number comes from; of an image without a box all of it is null but `boxes`, which is 0. */
export interface DecidingColumns {
  /** How many boxes the image has. */
  readonly boxes: Uint32Array;
  readonly box_index: readonly (number | null)[];
  readonly label: readonly (string | null)[];
  readonly score: readonly (number | null)[];
  /** Absent where boxes have one score. */
  readonly second_label?: readonly (string | null)[];
  readonly second_score?: readonly (number | null)[];
  /** `box_<strategy>`, the box's own number. */
  readonly [own: `box_${string}`]: readonly (number | null)[];
}

/** The boxes that the numbers of images come from.
 * @param boxes a row for each box, those of an image together, whose column `row` says which of `length` images it is of.
 */
export function decidingColumns(
  boxes: ColumnTable,
  length: number,
  { name, order }: Strategy,
  how: Aggregation,
): DecidingColumns {
  const rows = boxes.array('row') as ArrayLike<number>;
  const values = boxes.array(name) as ArrayLike<number>;
  const count = new Uint32Array(length);
  for (let box = 0; box < rows.length; box++) count[rows[box]!]!++;
  let end = 0;
  const deciding = Array.from(count, (number) => {
    const start = end;
    end += number;
    return number === 0 ? null : decidingBox(values, [start, end], order, how).place;
  });
  const of = <T>(column: string): (T | null)[] => {
    const all = boxes.array(column) as ArrayLike<T>;
    return deciding.map((box) => (box === null ? null : all[box]!));
  };
  const hasSecond = boxes.column('second_label') !== undefined;
  return {
    ...{ boxes: count, box_index: of<number>('box_index'), label: of<string>('label'), score: of<number>('score') },
    ...(hasSecond && { second_label: of<string>('second_label'), second_score: of<number>('second_score') }),
    [`box_${name}`]: of<number>(name),
  };
}
