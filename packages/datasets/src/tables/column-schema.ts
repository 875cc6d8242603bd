import { Box2d, Image } from '@qualm/types';
import type { SchemaElement } from 'hyparquet';
import { box, list, optional, required, text } from '../parquet/schema-elements.ts';
import type { ColumnType } from './column-type.ts';

/** The schema of one column; every column may hold nulls. */
export function columnSchema(name: string, type: ColumnType): SchemaElement[] {
  switch (type) {
    case 'boolean':
      return [optional(name, 'BOOLEAN')];
    case 'int32':
      return [optional(name, 'INT32')];
    case 'int64':
      return [optional(name, 'INT64')];
    case 'float32':
      return [optional(name, 'FLOAT')];
    case 'float64':
      return [optional(name, 'DOUBLE')];
    case 'string':
      return [text(name, 'OPTIONAL')];
    case 'box':
      return box(name, 'OPTIONAL');
    case 'list<float32>':
      return list(name, 'OPTIONAL', [required('element', 'FLOAT')]);
    case 'list<int32>':
      return list(name, 'OPTIONAL', [required('element', 'INT32')]);
    case 'list<string>':
      return list(name, 'OPTIONAL', [text('element', 'REQUIRED')]);
  }
}

/** A value as hyparquet-writer takes it.
 * @throws RangeError for a value of another type.
 */
export function toStored(name: string, type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const stored = convert(type, value);
  if (stored !== undefined) return stored;
  const shown = typeof value === 'object' ? Object.prototype.toString.call(value) : `${typeof value} ${String(value)}`;
  throw new RangeError(`column "${name}" is ${type}, a value is ${shown}; give the column's type in \`types\``);
}

function convert(type: ColumnType, value: unknown): unknown {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'int32':
      return typeof value === 'number' && value === (value | 0) ? value : undefined;
    case 'int64':
      return typeof value === 'bigint' || Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    case 'float32':
    case 'float64':
      return typeof value === 'number' ? value : undefined;
    case 'string':
      return value instanceof Image ? value.uri : typeof value === 'string' ? value : undefined;
    case 'box':
      return value instanceof Box2d ? value : undefined;
    default:
      return Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<unknown>) : undefined;
  }
}
