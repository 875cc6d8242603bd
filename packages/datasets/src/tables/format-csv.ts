import { assertOptions, Box2d, csvField, Image, shortestFloat32 } from '@qualm/types';
import type { Column } from '@qualm/types';
import { tableLength } from './table-length.ts';
import type { ColumnType, TableColumns } from './column-type.ts';

/** Options of `formatCsv` and `writeCsv`. */
export interface CsvOptions {
  /** Puts an apostrophe before text that a spreadsheet would run as a formula: that begins with
   * `=`, `+`, `-`, `@`, a tab or a line break, and is not a number. Default true; false leaves
   * every text as it is, for programs. */
  readonly escapeFormulas?: boolean;
  /** Types of columns by name. A column of boxes that has no row, or is null throughout, needs its
   * type to be four columns.
   */
  readonly types?: Readonly<Record<string, ColumnType>>;
}

/** A table as CSV (RFC 4180), line by line, the header first, each ended by CRLF. Boxes are four
 * columns: `xmin`, `ymin`, `xmax`, `ymax`, with the column's name and `_` before them unless it is
 * `box`. Null and NaN are empty, as both are null in JSON; images are URIs, lists are JSON. Text
 * that is a formula is escaped. Numbers are the shortest decimals that read back the same, as
 * float32 in boxes and Float32Array.
 * @throws RangeError for columns of different lengths, or two of one name.
 * @example [...formatCsv({ a: [1, null], b: ['x,y', 'z'] })].join('') // 'a,b\r\n1,"x,y"\r\n,z\r\n'
 */
export function* formatCsv(columns: TableColumns, options: CsvOptions = {}): Generator<string, void, undefined> {
  assertOptions('formatCsv', options, '{ escapeFormulas: false }');
  const { escapeFormulas = true, types = {} } = options;
  const length = tableLength('formatCsv', columns);
  const fields = Object.entries(columns).flatMap(([name, column]) => toFields(name, column, types[name]));
  const twice = fields.find(({ name }, index) => fields.findIndex((field) => field.name === name) !== index);
  if (twice) throw new RangeError(`formatCsv: there are two columns "${twice.name}"; rename one`);
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  yield line(fields.map(({ name }) => formatCell(name, escapeFormulas)));
  for (let row = 0; row < length; row++) {
    yield line(fields.map(({ at }) => formatCell(at(row), escapeFormulas)));
  }
}

interface Field {
  readonly name: string;
  readonly at: (row: number) => unknown;
}

const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

function toFields(name: string, column: Column<unknown>, type: ColumnType | undefined): Field[] {
  if (type === undefined ? !holdsBoxes(column) : type !== 'box') {
    const isFloat32 = column instanceof Float32Array;
    return [{ name, at: (row) => (isFloat32 ? shortestFloat32(column.at(row) as number) : column.at(row)) }];
  }
  return edges.map((edge) => ({
    name: name === 'box' ? edge : `${name}_${edge}`,
    at: (row) => {
      const box = column.at(row);
      return box instanceof Box2d ? shortestFloat32(box[edge]) : null;
    },
  }));
}

function holdsBoxes(column: Column<unknown>): boolean {
  for (const value of column) {
    if (value != null) return value instanceof Box2d;
  }
  return false;
}

function formatCell(value: unknown, escapeFormulas: boolean): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value === 'string') return csvField(value, { escapeFormulas });
  if (value instanceof Image) return csvField(value.uri ?? '', { escapeFormulas });
  return csvField(typeof value === 'object' ? jsonOf(value) : String(value), { escapeFormulas: false });
}

function jsonOf(value: object): string {
  if (value instanceof Float32Array) return JSON.stringify(Array.from(value, shortestFloat32));
  return JSON.stringify(ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : value);
}
