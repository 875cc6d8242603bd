import type { ParquetType, SchemaElement } from 'hyparquet';

/** The schema of a file: a root over whole columns. */
export function rootSchema(columns: readonly (readonly SchemaElement[])[]): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.flat()];
}

export function required(name: string, type: ParquetType): SchemaElement {
  return { name, type, repetition_type: 'REQUIRED' };
}

export function optional(name: string, type: ParquetType): SchemaElement {
  return { name, type, repetition_type: 'OPTIONAL' };
}

export function text(name: string, repetition: 'REQUIRED' | 'OPTIONAL'): SchemaElement {
  return {
    name,
    type: 'BYTE_ARRAY',
    repetition_type: repetition,
    converted_type: 'UTF8',
    logical_type: { type: 'STRING' },
  };
}

/** A struct over whole fields. */
export function struct(
  name: string,
  repetition: 'REQUIRED' | 'OPTIONAL',
  fields: readonly (readonly SchemaElement[])[],
): SchemaElement[] {
  return [{ name, repetition_type: repetition, num_children: fields.length }, ...fields.flat()];
}

/** A list in the three levels of the format's rules, `<name>.list.element`, which Spark, Arrow and
 * DuckDB all read.
 */
export function list(
  name: string,
  repetition: 'REQUIRED' | 'OPTIONAL',
  element: readonly SchemaElement[],
): SchemaElement[] {
  return [
    { name, repetition_type: repetition, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

/** struct<xmin, ymin, xmax, ymax: float>. */
export function box(name: string, repetition: 'REQUIRED' | 'OPTIONAL'): SchemaElement[] {
  return struct(
    name,
    repetition,
    ['xmin', 'ymin', 'xmax', 'ymax'].map((edge) => [required(edge, 'FLOAT')]),
  );
}

/** struct<cx, cy, width, height, angle: float>. */
export function rotatedBox(name: string, repetition: 'REQUIRED' | 'OPTIONAL'): SchemaElement[] {
  return struct(
    name,
    repetition,
    ['cx', 'cy', 'width', 'height', 'angle'].map((part) => [required(part, 'FLOAT')]),
  );
}
