import { formatCsv } from '@qualm/datasets';
import type { SqlColumn, SqlValue } from '@qualm/sql';
import { shortestFloat32 } from '@qualm/types';
import { jsonObject, jsonText } from './json-text.ts';
import type { SqlMode } from './sql-mode.ts';
import { isTime, timeText } from '../../output/table/time-text.ts';
import { valueText } from '../../output/table/value-text.ts';
import { isImageType, valueType } from '../../output/table/value-type.ts';
import type { ValueType } from '../../output/table/value-type.ts';

export type SqlRow = readonly SqlValue[];

/** The text of a result, some rows at a time. */
export interface RowWriter {
  rows(rows: readonly SqlRow[]): Iterable<string>;
  /** What comes after the last row. */
  end(): Iterable<string>;
}

/** A writer of rows for programs.
 * @param raw leaves text in CSV as it is, formulas too.
 */
export function createRowWriter(
  mode: Exclude<SqlMode, 'table'>,
  columns: readonly SqlColumn[],
  { raw = false }: { readonly raw?: boolean } = {},
): RowWriter {
  const names = columns.map(({ name }) => name);
  const types = columns.map(({ type }) => valueType(type));
  if (mode === 'csv') return csvWriter(names, types, raw);
  const objectOf = (row: SqlRow): string => jsonObject(names.map((name, at) => [name, jsonText(row[at]!, types[at]!)]));
  if (mode === 'ndjson') return { rows: (rows) => rows.map((row) => `${objectOf(row)}\n`), end: () => [] };
  let count = 0;
  return {
    rows: (rows) => rows.map((row) => `${count++ === 0 ? '[' : ',\n'}${objectOf(row)}`),
    end: () => [count === 0 ? '[]\n' : ']\n'],
  };
}

function csvWriter(names: readonly string[], types: readonly ValueType[], raw: boolean): RowWriter {
  let isFirst = true;
  const linesOf = (rows: readonly SqlRow[]): Iterable<string> => {
    const columns = names.map((name, at) => [name, rows.map((row) => csvValue(row[at]!, types[at]!))]);
    const [header, ...lines] = formatCsv(Object.fromEntries(columns) as Record<string, unknown[]>, {
      escapeFormulas: !raw,
    });
    const withHeader = isFirst ? [header!, ...lines] : lines;
    isFirst = false;
    return withHeader;
  };
  return { rows: linesOf, end: () => (isFirst ? linesOf([]) : []) };
}

/** A number, a text, or null; what is nested is JSON. */
function csvValue(value: SqlValue, type: ValueType): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && isTime(type)) return timeText(value);
  if (typeof value === 'number') return type.kind === 'plain' && type.name === 'FLOAT' ? shortestFloat32(value) : value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return valueText(value, type);
  const json = jsonText(value, type);
  return isImageType(type) || json.startsWith('"') ? textOf(json) : json;
}

function textOf(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
