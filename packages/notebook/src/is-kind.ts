import { Box2d, Image } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';

/** A table of Arquero, or what looks like one. */
export interface TableLike {
  numRows(): number;
  columnNames(): string[];
  get(name: string, row: number): unknown;
}

/** A model, with where it runs. */
export interface ModelLike {
  readonly spec: ModelSpec;
  readonly device?: string;
}

type Named = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is TableLike {
  const table = value as Partial<TableLike> | null;
  return (
    typeof table?.numRows === 'function' && typeof table.columnNames === 'function' && typeof table.get === 'function'
  );
}

export function isImage(value: unknown): value is Image {
  return value instanceof Image || (isObject(value) && 'uri' in value && 'bytes' in value && 'equals' in value);
}

export function isBox(value: unknown): value is Box2d {
  return value instanceof Box2d || (isObject(value) && ['xmin', 'ymin', 'xmax', 'ymax'].every((side) => side in value));
}

export function isSpec(value: unknown): value is ModelSpec {
  return isObject(value) && 'specVersion' in value && isObject(value['input']) && Array.isArray(value['labels']);
}

export function isModel(value: unknown): value is ModelLike {
  return isObject(value) && isSpec(value['spec']);
}

/** A list of rows with names. */
export function isRows(value: unknown): value is readonly Named[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => isObject(row) && !Array.isArray(row));
}

export function isObject(value: unknown): value is Named {
  return typeof value === 'object' && value !== null;
}
