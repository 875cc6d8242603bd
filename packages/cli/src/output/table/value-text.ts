import type { SqlValue } from '@qualm/sql';
import { shortestFloat32 } from '@qualm/types';
import { printable } from '@qualm/types';
import { isTime, timeText } from './time-text.ts';
import { fieldType, isBoxType, isDetectionType, isImageType, isNumeric } from './value-type.ts';
import type { ValueType } from './value-type.ts';

type Struct = Readonly<Record<string, SqlValue>>;

/** A value as a cell of a table shows it, on one line: an image by its URI, a detection by its
 * class and score, of a long list the beginning and how many there are.
 * @example valueText([0.81, 0.07, 0.02, 0.01], valueType('FLOAT[]')) // '[0.81 0.07 ... 4]'
 */
export function valueText(value: SqlValue, type: ValueType): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return isTime(type) ? timeText(value) : numberText(value, isFloat(type));
  if (value instanceof Date) return dateText(value, type);
  if (value instanceof Uint8Array && type.kind !== 'list') return bytesText(value);
  if (isList(value)) return listText(value, type.kind === 'list' ? type.of : type);
  if (typeof value === 'object') return structText(value as Struct, type);
  return printable(String(value));
}

/** Six digits are enough to look at; CSV and JSON have all. */
function numberText(value: number, isSingle: boolean): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const exact = isSingle ? shortestFloat32(value) : value;
  const size = Math.abs(exact);
  return String(Number(size >= 1000 && size < 1e15 ? exact.toFixed(2) : exact.toPrecision(6)));
}

function isFloat(type: ValueType): boolean {
  return type.kind === 'plain' && type.name === 'FLOAT';
}

function dateText(value: Date, type: ValueType): string {
  if (Number.isNaN(value.getTime())) return 'NULL';
  const text = value.toISOString();
  if (type.kind === 'plain' && type.name === 'DATE') return text.slice(0, text.indexOf('T'));
  return text.replace('T', ' ').replace(/(\.000)?Z$/, '');
}

function bytesText({ length }: Uint8Array): string {
  return length < 1000 ? `<${length} bytes>` : `<${(length / 1000).toFixed(1)} kB>`;
}

type List = Extract<SqlValue, { readonly length: number }>;

function isList(value: SqlValue): value is Exclude<List, string> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function listText(values: Exclude<List, string>, of: ValueType): string {
  const all = Array.from(values as ArrayLike<SqlValue>);
  const shown = all.length > 3 ? all.slice(0, 2) : all;
  const between = isNumeric(of) ? ' ' : ', ';
  const texts = shown.map((value) => valueText(value, of)).join(between);
  return all.length > shown.length ? `[${texts}${between}... ${all.length}]` : `[${texts}]`;
}

function structText(value: Struct, type: ValueType): string {
  if (isImageType(type)) return imageText(value);
  if (isBoxType(type)) return boxText(value);
  if (isDetectionType(type)) return detectionText(value, type);
  const valueOf = (name: string): ValueType => (type.kind === 'map' ? type.value : fieldType(type, name));
  const fields = Object.entries(value).map(([name, field]) => `${printable(name)}: ${valueText(field, valueOf(name))}`);
  return `{${fields.join(', ')}}`;
}

function imageText({ uri = null, data = null }: Struct): string {
  if (typeof uri === 'string') return printable(uri);
  return data instanceof Uint8Array ? bytesText(data) : 'NULL';
}

function boxText({ xmin = null, ymin = null, xmax = null, ymax = null }: Struct): string {
  const edges = [xmin, ymin, xmax, ymax].map((edge) => (typeof edge === 'number' ? edge.toFixed(0) : 'NULL'));
  return `(${edges.join(' ')})`;
}

function detectionText(
  { box = null, label = null, score, scores, label_id, label_ids }: Struct,
  type: ValueType,
): string {
  const first = (list: SqlValue | undefined): SqlValue =>
    list && isList(list) ? ((list as ArrayLike<SqlValue>)[0] ?? null) : null;
  const best = score ?? first(scores);
  const name = label ?? label_id ?? first(label_ids);
  const number = typeof best === 'number' ? best.toFixed(2) : 'NULL';
  return `${valueText(name, { kind: 'plain', name: '' })} ${number} ${valueText(box, fieldType(type, 'box'))}`;
}
