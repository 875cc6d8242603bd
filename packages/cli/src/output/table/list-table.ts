import { Box2d, counted } from '@qualm/types';
import type { SqlColumn, SqlValue } from '@qualm/sql';
import type { ListColumns, RankedList } from '@qualm/selection';
import { classWords, numberText } from '../short-text.ts';
import type { ScoredClass } from '../short-text.ts';
import { tableText } from './table-text.ts';

/** As many rows as somebody looks through. */
const mostRows = 50;

/** A ranked list as somebody reads it in a terminal: the first rows, what they are ranked by and
 * the classes of a box first, three digits of a number, and neither addresses of images, whose ids
 * say the same, nor what only a program asks for. What there is no room for is said below.
 * @param by the column that the list is ranked by
 * @param width columns of the terminal.
 */
export function listTable(list: RankedList<object>, by: string, width: number): string[] {
  const values = list.columns();
  const columns = columnsOf(list.types, by);
  const length = Math.min(list.length, mostRows);
  const rows = Array.from({ length }, (_, row) => columns.map(({ read }) => sqlValue(read(values, row))));
  const { lines, hidden } = tableText(columns, rows, width);
  const more = list.length - length;
  return [
    ...lines,
    ...(hidden.length > 0 ? [`no room for ${hidden.join(', ')}; --out list.csv has all`] : []),
    ...(more > 0 ? [`${counted(more, 'more row')}; --out list.csv has all, and so has a pipe`] : []),
  ];
}

/** A column of the table, and what it holds. */
interface TableColumn extends SqlColumn {
  read(values: Readonly<Record<string, readonly unknown[]>>, row: number): unknown;
}

/** Names of classes, each with its score: one column of the table for all of them. */
const folded: Readonly<Record<string, readonly (readonly [name: string, score: string])[]>> = {
  label: [
    ['label', 'score'],
    ['second_label', 'second_score'],
  ],
  found_label: [['found_label', 'found_score']],
};

/** What a program looks a box up by, the size of an image, and the own number of its box. */
function isDetail(name: string): boolean {
  return /^(width|height|box_.*|found_box_index)$/.test(name);
}

function columnsOf(types: ListColumns, by: string): TableColumn[] {
  const classes = Object.entries(folded).filter(([, [first]]) => first![1] in types);
  const away = new Set(classes.flatMap(([name, pairs]) => pairs.flat().filter((one) => one !== name)));
  if ('image_id' in types) away.add('image');
  for (const name of Object.keys(types)) if (isDetail(name)) away.add(name);
  const first = ['rank', by, ...('score' in types ? ['label'] : [])].filter((name) => name in types);
  const rest = Object.keys(types).filter((name) => !away.has(name) && !first.includes(name));
  const pairsOf = new Map(classes);
  return [...first, ...rest].map((name) => {
    const pairs = pairsOf.get(name);
    return {
      ...{ name, type: sqlType(types[name]!) },
      read: (values, row) =>
        pairs
          ? classWords(...pairs.map((pair) => pair.map((one) => values[one]?.[row]) as unknown as ScoredClass))
          : values[name]![row],
    };
  });
}

const sqlTypes: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  int32: 'INTEGER',
  int64: 'BIGINT',
  float32: 'FLOAT',
  float64: 'DOUBLE',
  box: 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)',
};

function sqlType(type: ListColumns[string]): SqlColumn['type'] {
  return sqlTypes[type] ?? 'VARCHAR';
}

/** What is not a number, and what is not there, are both empty, as in CSV. */
function sqlValue(value: unknown): SqlValue {
  if (value instanceof Box2d) return { ...value.toJSON() };
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  if (typeof value === 'number' && !Number.isInteger(value)) return numberText(value);
  return value as SqlValue;
}
