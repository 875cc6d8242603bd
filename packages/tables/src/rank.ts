import type { ColumnTable } from 'arquero';
import { topRows } from '@qualm/strategies';
import { QualmError, assertOptions } from '@qualm/types';
import type { Column, RankOrder, Strategy } from '@qualm/types';
import { assertBy, assertTable } from './assert-arguments.ts';
import { columnOf, hasColumn } from './conform.ts';
import { gatherColumn } from './lazy-column.ts';
import { score } from './score.ts';
import { tableOfColumns } from './table-of-columns.ts';

/** Options of `rank`. */
export interface RankOptions {
  /** A strategy, which knows its order and is scored first where the table has no column of its
   * name; or a column.
   */
  readonly by: Strategy | string;
  /** Which numbers come first; needed for a column, and stronger than a strategy's own. */
  readonly order?: RankOrder;
  /** Rows that are kept; all of them when absent. */
  readonly limit?: number;
  /** The column of ids by which ties go. Default `image_id`, where there is one. */
  readonly ids?: string;
  /** Draws the order of ties from this seed and the ids. */
  readonly seed?: number;
}

/** The rows, least sure first, with a column `rank` from 1. NaN and null come last. Ties go by
 * image id, or by `seed`; rows of one id, such as the boxes of an image, keep their order, and so
 * do all where there are no ids.
 * @throws QualmError `unsupported` when there is no such column; RangeError when a column is named
 * without an order.
 * @example rank(scored, { by: margin, limit: 1000 })
 */
export function rank(table: ColumnTable, options: RankOptions): ColumnTable {
  assertTable('rank', table);
  assertOptions('rank', options, '{ by: margin }');
  assertBy('rank', options.by);
  const { by, order, limit, ids, seed } = options;
  const name = typeof by === 'string' ? by : by.name;
  const direction = order ?? (typeof by === 'string' ? undefined : by.order);
  if (!direction) throw new RangeError(`rank: say which numbers of "${name}" come first: { order: 'ascending' }`);
  const scored = typeof by === 'string' || hasColumn(table, name) ? table : score(table, by);
  const column = columnOf('rank', scored, name, 'unknown');
  const rows = scored.indices();
  const values = Float64Array.from(rows, (row) => Number(column.at(row) ?? NaN));
  const ties = { ...tieIds(scored, rows, ids), ...(seed !== undefined && { seed }) };
  const ranked = topRows(values, direction, { ...ties, ...(limit !== undefined && { limit }) }).map(
    (row) => rows[row]!,
  );
  return rankedTable(scored, ranked, limit !== undefined);
}

function tieIds(
  table: ColumnTable,
  rows: ArrayLike<number>,
  name: string | undefined,
): { readonly ids?: readonly (string | number)[] } {
  if (name === undefined && !hasColumn(table, 'image_id')) return {};
  if (name !== undefined && !hasColumn(table, name)) {
    throw new QualmError(
      'unsupported',
      `rank: no column "${name}" of ids; the table has ${table.columnNames().join(', ')}`,
    );
  }
  const column = columnOf('rank', table, name ?? 'image_id', 'unknown');
  return { ids: Array.from(rows, (row) => tieId(column.at(row))) };
}

function tieId(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : String(value);
}

/** A list with a limit is copied, so that it does not keep all the rows it was chosen from alive.
 */
function rankedTable(table: ColumnTable, rows: Uint32Array, copy: boolean): ColumnTable {
  const columns: Record<string, Column<unknown>> = { rank: Uint32Array.from(rows, (_, index) => index + 1) };
  for (const name of table.columnNames()) {
    if (name === 'rank') continue;
    const gathered = gatherColumn(columnOf('rank', table, name, 'unknown'), rows);
    columns[name] = copy ? [...gathered] : gathered;
  }
  return tableOfColumns(columns);
}
