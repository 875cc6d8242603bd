import { Box2d, Image } from '@qualm/types';
import type { Column } from '@qualm/types';
import { tableLength } from './table-length.ts';
import type { TableColumns } from './column-type.ts';
import { shortestFloat32 } from './shortest-float32.ts';

/** Options of `formatCsv` and `writeCsv`. */
export interface CsvOptions {
  /** Puts an apostrophe before text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab, carriage return
   * first); off by default, since it changes the text. */
  readonly escapeFormulas?: boolean;
}

/** A table as CSV (RFC 4180), line by line, the header first, each ended by CRLF. Boxes are four columns: `xmin`, `ymin`,
 * `xmax`, `ymax`, with the column's name and `_` before them unless it is `box`. Null is empty, images are URIs, lists are
 * JSON. Numbers are the shortest decimals that read back the same, as float32 in boxes and Float32Array.
 * @throws RangeError for columns of different lengths, or two of one name.
 * @example [...formatCsv({ a: [1, null], b: ['x,y', 'z'] })].join('') // 'a,b\r\n1,"x,y"\r\n,z\r\n'
 */
export function* formatCsv(
  columns: TableColumns,
  { escapeFormulas = false }: CsvOptions = {},
): Generator<string, void, undefined> {
  const length = tableLength('formatCsv', columns);
  const fields = Object.entries(columns).flatMap(([name, column]) => toFields(name, column));
  const twice = fields.find(({ name }, index) => fields.findIndex((field) => field.name === name) !== index);
  if (twice) throw new RangeError(`formatCsv: there are two columns "${twice.name}"; rename one`);
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  yield line(fields.map(({ name }) => quote(name)));
  for (let row = 0; row < length; row++) {
    yield line(fields.map(({ at }) => formatCell(at(row), escapeFormulas)));
  }
}

interface Field {
  readonly name: string;
  readonly at: (row: number) => unknown;
}

const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

function toFields(name: string, column: Column<unknown>): Field[] {
  if (!holdsBoxes(column)) {
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
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return quote(typeof value === 'string' ? guard(value, escapeFormulas) : String(value));
  if (value instanceof Image) return quote(guard(value.uri ?? '', escapeFormulas));
  if (value instanceof Float32Array) return quote(JSON.stringify(Array.from(value, shortestFloat32)));
  return quote(JSON.stringify(ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : value));
}

function guard(text: string, escapeFormulas: boolean): string {
  return escapeFormulas && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
