import type { SqlValue } from '@qualm/sql';
import { shortestFloat32 } from '@qualm/types';
import { isTime, timeText } from '../../output/table/time-text.ts';
import { fieldType, isImageType } from '../../output/table/value-type.ts';
import type { ValueType } from '../../output/table/value-type.ts';

/** A value as JSON: images as their URIs, bytes in base64, dates and times in ISO 8601, numbers as
 * the shortest decimals that read back the same and NULL for what is not a finite number; whole
 * numbers have all their digits, as many as they are.
 * @example jsonText(9007199254740993n, valueType('BIGINT')) // '9007199254740993'
 */
export function jsonText(value: SqlValue, type: ValueType): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return isTime(type) ? JSON.stringify(timeText(value)) : numberText(value, type);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Date) return dateText(value, type);
  if (value instanceof Uint8Array && type.kind !== 'list') return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const of = type.kind === 'list' ? type.of : type;
    return `[${Array.from(value as ArrayLike<SqlValue>, (item) => jsonText(item, of)).join(',')}]`;
  }
  const struct = value as Readonly<Record<string, SqlValue>>;
  if (isImageType(type) && typeof struct['uri'] === 'string') return JSON.stringify(struct['uri']);
  const valueOf = (name: string): ValueType => (type.kind === 'map' ? type.value : fieldType(type, name));
  return jsonObject(Object.entries(struct).map(([name, field]) => [name, jsonText(field, valueOf(name))]));
}

/** An object of names and of values that are JSON already. */
export function jsonObject(fields: readonly (readonly [name: string, json: string])[]): string {
  return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

function numberText(value: number, type: ValueType): string {
  const exact = type.kind === 'plain' && type.name === 'FLOAT' ? shortestFloat32(value) : value;
  return JSON.stringify(exact);
}

function dateText(value: Date, type: ValueType): string {
  if (Number.isNaN(value.getTime())) return 'null';
  const text = value.toISOString();
  const isDate = type.kind === 'plain' && type.name === 'DATE';
  return JSON.stringify(isDate ? text.slice(0, text.indexOf('T')) : text);
}
