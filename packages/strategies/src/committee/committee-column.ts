import { wrongArgument } from '@qualm/types';
import type { ScoresColumn } from '@qualm/types';
import { assertList } from '@qualm/types/rows';
import type { CommitteeStrategy } from './create-committee-strategy.ts';

/** The number that `strategy` gives to each row of several models' columns of score vectors of the
 * same rows, in the same order of classes: [n]. The columns' matrices are read as they are.
 * @throws RangeError without columns, or when their lengths or numbers of classes differ.
 */
export function committeeColumn(columns: readonly ScoresColumn[], strategy: CommitteeStrategy): Float64Array {
  const where = 'committeeColumn';
  assertList(where, 'the list of columns', columns);
  for (const column of columns) assertList(where, 'a column', column);
  assertCommittee(where, strategy);
  const [first] = columns;
  if (!first) throw new RangeError('committeeColumn: no columns; expected the scores of at least one model');
  const { length, numClasses } = first;
  const other = columns.findIndex((column) => column.length !== length || column.numClasses !== numClasses);
  if (other >= 0) {
    const { length: rows, numClasses: classes } = columns[other]!;
    throw new RangeError(
      `committeeColumn: column ${other} is [${rows}, ${classes}], column 0 is [${length}, ${numClasses}]; expected equal shapes`,
    );
  }
  if (numClasses === 0) return new Float64Array(length).fill(NaN);
  return strategy.scoreRows(
    columns.map(({ matrix }) => matrix),
    numClasses,
  );
}

function assertCommittee(where: string, value: unknown): void {
  if (typeof (Object(value) as Partial<CommitteeStrategy>).scoreRows === 'function') return;
  throw wrongArgument(where, 'the strategy', value, 'one of a committee, such as bald or consensusEntropy');
}
