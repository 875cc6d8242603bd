import { Box2d, Image, QualmError } from '@qualm/types';
import type { Column } from '@qualm/types';

/** What the values of a column have in common. */
type Kind =
  | { readonly kind: 'null' }
  | { readonly kind: 'plain'; readonly type: string }
  | { readonly kind: 'list'; readonly item: Kind }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, Kind> };

/** DuckDB's type for all values of some rows.
 * @throws QualmError `query-invalid` where two values have nothing in common. */
export function typeOfValues(where: string, values: Column<unknown>, rows: readonly number[]): string {
  let kind: Kind = { kind: 'null' };
  for (const row of rows) kind = common(kind, kindOf(values.at(row), where), where);
  return written(kind);
}

const none: Kind = { kind: 'null' };
const float: Kind = { kind: 'plain', type: 'FLOAT' };
const box: Kind = {
  kind: 'struct',
  fields: new Map(['xmin', 'ymin', 'xmax', 'ymax'].map((edge) => [edge, float])),
};
const image: Kind = {
  kind: 'struct',
  fields: new Map<string, Kind>([
    ['uri', { kind: 'plain', type: 'VARCHAR' }],
    ['data', { kind: 'plain', type: 'BLOB' }],
  ]),
};

function kindOf(value: unknown, where: string): Kind {
  if (value === null || value === undefined) return none;
  const type = plainType(value);
  if (type !== null) return { kind: 'plain', type };
  if (value instanceof Image) return image;
  if (value instanceof Box2d) return box;
  if (typeof value !== 'object') throw new QualmError('query-invalid', `${where} has a ${typeof value}; expected data`);
  if (value instanceof Float32Array) return { kind: 'list', item: float };
  if (value instanceof Int32Array) return { kind: 'list', item: { kind: 'plain', type: 'INTEGER' } };
  if (Symbol.iterator in value) {
    let item: Kind = none;
    for (const one of value as Iterable<unknown>) item = common(item, kindOf(one, where), where);
    return { kind: 'list', item };
  }
  return { kind: 'struct', fields: new Map(Object.entries(value).map(([name, one]) => [name, kindOf(one, where)])) };
}

function plainType(value: unknown): string | null {
  if (typeof value === 'string') return 'VARCHAR';
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'bigint') return 'BIGINT';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'BIGINT' : 'DOUBLE';
  if (value instanceof Date) return 'TIMESTAMP';
  return value instanceof Uint8Array ? 'BLOB' : null;
}

function common(first: Kind, second: Kind, where: string): Kind {
  if (first.kind === 'null') return second;
  if (second.kind === 'null') return first;
  if (first.kind === 'list' && second.kind === 'list')
    return first.item === second.item ? first : { kind: 'list', item: common(first.item, second.item, where) };
  if (first.kind === 'struct' && second.kind === 'struct') {
    if (first === second) return first;
    const fields = new Map(first.fields);
    for (const [name, kind] of second.fields) fields.set(name, common(fields.get(name) ?? none, kind, where));
    return { kind: 'struct', fields };
  }
  if (first.kind === 'plain' && second.kind === 'plain') {
    if (first.type === second.type) return first;
    const both = [first.type, second.type];
    if (both.every((type) => ['BIGINT', 'DOUBLE', 'FLOAT'].includes(type))) return { kind: 'plain', type: 'DOUBLE' };
  }
  throw new QualmError(
    'query-invalid',
    `${where} has both ${written(first)} and ${written(second)}; expected one type`,
  );
}

function written(kind: Kind): string {
  if (kind.kind === 'null') return 'VARCHAR';
  if (kind.kind === 'plain') return kind.type;
  if (kind.kind === 'list') return `${written(kind.item)}[]`;
  const fields = [...kind.fields].map(([name, one]) => `"${name.replaceAll('"', '""')}" ${written(one)}`);
  return `STRUCT(${fields.join(', ')})`;
}
