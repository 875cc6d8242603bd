import { duckdbName } from './string-literals.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** A type as the parser gives it. */
export type SparkType = Fields & { readonly data_type: string };

const plain: Readonly<Record<string, string>> = {
  big_int: 'BIGINT',
  binary: 'BLOB',
  boolean: 'BOOLEAN',
  date: 'DATE',
  double: 'DOUBLE',
  float: 'FLOAT',
  int: 'INTEGER',
  integer: 'INTEGER',
  long: 'BIGINT',
  small_int: 'SMALLINT',
  string: 'VARCHAR',
  text: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  tiny_int: 'TINYINT',
  var_binary: 'BLOB',
};

const custom: Readonly<Record<string, string>> = {
  byte: 'TINYINT',
  integer: 'INTEGER',
  long: 'BIGINT',
  short: 'SMALLINT',
  string: 'VARCHAR',
  timestampntz: 'TIMESTAMP',
};

/** DuckDB's name of a type. TIMESTAMP is that of a clock on the wall, since all of a session is in
 * one time zone.
 */
export function duckdbType(type: SparkType, node: SyntaxNode, writer: SparkWriter): string {
  const known = plain[type.data_type];
  if (known) return known;
  const parts = type as Readonly<Record<string, unknown>>;
  switch (type.data_type) {
    case 'decimal':
      return `DECIMAL(${(parts['precision'] as number | null) ?? 10}, ${(parts['scale'] as number | null) ?? 0})`;
    case 'array':
      return `${duckdbType(parts['element_type'] as SparkType, node, writer)}[]`;
    case 'map':
      return `MAP(${duckdbType(parts['key_type'] as SparkType, node, writer)}, ${duckdbType(parts['value_type'] as SparkType, node, writer)})`;
    case 'struct':
      return `STRUCT(${structFields(type)
        .map((field) => `${duckdbName(writer.name(field.name))} ${duckdbType(field.data_type, node, writer)}`)
        .join(', ')})`;
    case 'custom': {
      const name = custom[String(parts['name']).toLowerCase()];
      if (name) return name;
    }
  }
  return writer.refuse(node, `the type ${typeName(type)}`);
}

interface StructField {
  readonly name: string;
  readonly data_type: SparkType;
}

function structFields(type: SparkType): readonly StructField[] {
  return type['fields'] as readonly StructField[];
}

function typeName(type: SparkType): string {
  return String(type['name'] ?? type.data_type)
    .replaceAll('_', '')
    .toUpperCase();
}

/** Spark's CAST of a text: NULL for what cannot be one, towards zero for a whole number. */
export function writeCast(text: string, type: SparkType, node: SyntaxNode, writer: SparkWriter): string {
  const name = duckdbType(type, node, writer);
  switch (name) {
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
      return `CAST("spark:whole"(${text}, ${limits[name]}) AS ${name})`;
    case 'FLOAT':
    case 'DOUBLE':
      return `TRY_CAST("spark:number"(${text}) AS ${name})`;
    case 'BOOLEAN':
      return `"spark:boolean"(${text})`;
    case 'VARCHAR':
      return `"spark:string"(${text})`;
    case 'DATE':
      return `"spark:date"(${text})`;
    case 'TIMESTAMP':
      return `"spark:timestamp"(${text})`;
    case 'BLOB':
      return `CAST(CAST(${text} AS VARCHAR) AS BLOB)`;
  }
  if (type.data_type === 'decimal') return `TRY_CAST("spark:number"(${text}) AS ${name})`;
  if (type.data_type === 'array') {
    const element = writeCast('"spark:item"', type['element_type'] as SparkType, node, writer);
    return `list_transform(${text}, lambda "spark:item": ${element})`;
  }
  return writer.refuse(node, `CAST to ${typeName(type)}`);
}

const limits = {
  TINYINT: '-128, 127',
  SMALLINT: '-32768, 32767',
  INTEGER: '-2147483648, 2147483647',
  BIGINT: '-9223372036854775808, 9223372036854775807',
} as const;
