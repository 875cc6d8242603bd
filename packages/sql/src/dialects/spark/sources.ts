import { writeAlias } from './alias.ts';
import { writeCall } from './calls.ts';
import { writeJoins } from './joins.ts';
import type { SourceWriter } from './joins.ts';
import { isGeneratorCall, writeGenerator } from './generators.ts';
import { writePivot, writeUnpivot } from './pivots.ts';
import { argument } from './call.ts';
import { readCall } from './calls.ts';
import { duckdbName, duckdbString } from './string-literals.ts';
import { callName } from './static-types.ts';
import { isEmpty, nodeOf, nodesOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

const writers: Readonly<Record<string, SourceWriter>> = {
  table: writeTable,
  subquery: (node, writer) => {
    const {
      this: query,
      alias,
      column_aliases: columns,
      lateral,
    } = writer.fields(node, ['this', 'alias', 'column_aliases', 'lateral']);
    const inner = nodeOf(query);
    const name = writeAlias(alias, columns, writer, isEmpty(columns) ? '' : 'spark:rows');
    return `${lateral ? 'LATERAL ' : ''}(${writer.query(inner)})${name}`;
  },
  values: (node, writer) => writeValues(node, writer),
  function: (node, writer) => writeTableFunction(node, null, [], writer),
  alias: (node, writer) => {
    const { this: value, alias, column_aliases: columns } = writer.fields(node, ['this', 'alias', 'column_aliases']);
    return writeTableFunction(nodeOf(value), alias, (columns ?? []) as readonly unknown[], writer);
  },
  lateral: (node, writer) => {
    const { this: value, alias, column_aliases: columns } = writer.fields(node, ['this', 'alias', 'column_aliases']);
    return writeTableFunction(nodeOf(value), alias, (columns ?? []) as readonly unknown[], writer);
  },
  paren: (node, writer) => `(${writeSource(nodeOf(writer.fields(node, ['this'])['this']), writer)})`,
  joined_table: (node, writer) => {
    const { left, joins, alias } = writer.fields(node, ['left', 'joins', 'alias']);
    if (!isEmpty(alias)) return writer.refuse(node, 'a name for tables that are joined in parentheses');
    return `(${writeSource(nodeOf(left), writer)}${writeJoins(joins, writeSource, writer)})`;
  },
  pivot: (node, writer) => writePivot(node, writeSource(nodeOf(node.fields['this']), writer), writer),
  unpivot: (node, writer) => writeUnpivot(node, writeSource(nodeOf(node.fields['this']), writer), writer),
};

/** DuckDB's text of what stands in FROM. */
export function writeSource(node: SyntaxNode, writer: SparkWriter): string {
  const write = Object.hasOwn(writers, node.kind) ? writers[node.kind] : undefined;
  return write ? write(node, writer) : writer.refuse(node, `${node.kind.replaceAll('_', ' ')} in FROM`);
}

const noTable = ['global_temp', 'csv', 'json', 'orc', 'avro', 'text', 'delta', 'binaryfile'];

function writeTable(node: SyntaxNode, writer: SparkWriter): string {
  const {
    name,
    alias,
    column_aliases: columns,
  } = writer.fields(node, ['name', 'schema', 'catalog', 'alias', 'column_aliases']);
  const { schema, catalog } = node.fields;
  const where = schema ? writer.name(schema).toLowerCase() : '';
  if (catalog || noTable.includes(where)) return writer.refuse(node, `the table ${where}.${writer.name(name)}`);
  if (where === 'parquet')
    return `read_parquet(${duckdbString(writer.name(name))})${writeAlias(alias, columns, writer)}`;
  return `${tableName(node.fields, writer)}${writeAlias(alias, columns, writer, isEmpty(columns) ? '' : writer.name(name))}`;
}

/** A table's name with its schema. Spark's `default` is DuckDB's `main`. */
export function tableName({ name, schema }: Fields, writer: SparkWriter): string {
  const table = writer.placed(name, duckdbName(writer.name(name)));
  if (!schema) return table;
  const own = writer.name(schema);
  return `${duckdbName(own.toLowerCase() === 'default' ? 'main' : own)}.${table}`;
}

/** VALUES as a table whose columns are col1, col2, unless they are named. */
export function writeValues(node: SyntaxNode, writer: SparkWriter): string {
  const {
    expressions,
    alias,
    column_aliases: columns,
  } = writer.fields(node, ['expressions', 'alias', 'column_aliases']);
  const rows = (expressions as readonly Fields[]).map((row) => nodesOf(row['expressions']));
  const width = rows[0]?.length ?? 0;
  const names = isEmpty(columns) ? Array.from({ length: width }, (_, index) => `col${index + 1}`) : columns;
  const texts = rows.map((row) => `(${row.map((value) => writer.expression(value)).join(', ')})`);
  return `(VALUES ${texts.join(', ')})${writeAlias(alias, names, writer, 'spark:values')}`;
}

function writeTableFunction(
  node: SyntaxNode,
  alias: unknown,
  columns: readonly unknown[],
  writer: SparkWriter,
): string {
  if (node.kind === 'subquery')
    return `LATERAL (${writer.query(nodeOf(node.fields['this']))})${writeAlias(alias, columns, writer)}`;
  if (isGeneratorCall(node, writer)) return writeLateral(node, alias, columns, false, writer);
  const name = callName(node, writer);
  if (name === 'range') return writeRange(node, alias, columns, writer);
  if (name !== null && writer.functions.has(name))
    return `${writeCall(node, writer)}${writeAlias(alias, columns, writer)}`;
  return writer.refuse(node, `the function ${name ?? node.kind} in FROM`);
}

function writeRange(node: SyntaxNode, alias: unknown, columns: readonly unknown[], writer: SparkWriter): string {
  const call = readCall(node, '', writer);
  if (call.args.length < 1 || call.args.length > 3)
    return writer.reject(node, `range: expected 1 to 3 arguments, came ${call.args.length}`);
  const texts = call.args.map((_, index) => `CAST(${argument(call, index, writer)} AS BIGINT)`);
  return `range(${texts.join(', ')})${writeAlias(alias, columns.length > 0 ? columns : ['id'], writer, 'range')}`;
}

/** A generator as a table beside those before it. */
export function writeLateral(
  node: SyntaxNode,
  alias: unknown,
  columns: readonly unknown[],
  isOuter: boolean,
  writer: SparkWriter,
): string {
  if (!isGeneratorCall(node, writer))
    return writer.refuse(node, `LATERAL VIEW of ${callName(node, writer) ?? node.kind}`);
  const names = columns.map((column) => writer.name(column));
  const { text, names: given } = writeGenerator(node, names, isOuter, writer);
  const all = given ?? names;
  return `LATERAL (SELECT ${text})${writeAlias(alias, all, writer, 'spark:generated')}`;
}
