import type { ColumnTable } from 'arquero';
import { QualmError } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { NextAnswer, RunAnswer } from '../protocol.ts';
import type { SqlBatch, SqlProgress, SqlResult } from '../sql-session.ts';
import type { SqlValue } from '../sql-value.ts';
import { sqlBatch } from './sql-batch.ts';

/** What a result is read from. */
export interface ResultSource {
  next(): Promise<NextAnswer>;
  /** The reader leaves before the end, or all is read. */
  end(isRead: boolean): Promise<void>;
  progress(): SqlProgress;
  warnings(): readonly string[];
}

/** The rows of a statement: read once. */
export function createResult({ columns, changed }: RunAnswer, source: ResultSource): SqlResult {
  let isTaken = false;
  const batches = async function* (): AsyncGenerator<SqlBatch, void, undefined> {
    if (isTaken) throw new QualmError('query-failed', 'sql: the rows were read before; run the statement again');
    isTaken = true;
    let isRead = false;
    try {
      for (;;) {
        const { batch, length } = await source.next();
        if (!batch) break;
        yield sqlBatch(columns, batch, length);
      }
      isRead = true;
    } finally {
      await source.end(isRead);
    }
  };
  const all = async (): Promise<readonly SqlBatch[]> => {
    const list: SqlBatch[] = [];
    for await (const batch of batches()) list.push(batch);
    return list;
  };
  const toTable = async (): Promise<ColumnTable> => {
    const { table } = await import('arquero');
    const list = await all();
    const entries = columns.map(({ name }, at) => [name, columnOf(list, at)] as const);
    return table(entries as unknown as Parameters<typeof table>[0]);
  };
  return {
    ...{ columns, changed, toTable },
    get progress() {
      return source.progress();
    },
    get warnings() {
      return source.warnings();
    },
    [Symbol.asyncIterator]: batches,
    async rows() {
      return (await all()).flatMap((batch) => Array.from({ length: batch.length }, (_, row) => batch.at(row)));
    },
    async toArrow() {
      const { tableToIPC } = await import('@uwdata/flechette');
      const table = (await toTable()) as ColumnTable & { toArrow(): Parameters<typeof tableToIPC>[0] };
      return tableToIPC(table.toArrow(), { format: 'stream' })!;
    },
  };
}

/** One column of all batches; a row is found by its batch. */
function columnOf(batches: readonly SqlBatch[], column: number): Column<SqlValue> {
  const ends: number[] = [];
  for (const { length } of batches) ends.push((ends.at(-1) ?? 0) + length);
  const length = ends.at(-1) ?? 0;
  const at = (row: number): SqlValue | undefined => {
    if (!(row >= 0 && row < length)) return undefined;
    const batch = firstAbove(ends, row);
    return batches[batch]!.value(column, row - (batch === 0 ? 0 : ends[batch - 1]!));
  };
  return {
    length,
    at,
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row++) yield at(row)!;
    },
  };
}

function firstAbove(ends: readonly number[], row: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > row) high = middle;
    else low = middle + 1;
  }
  return low;
}
