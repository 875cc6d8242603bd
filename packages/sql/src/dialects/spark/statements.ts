import { stringLiteralOf } from './literals.ts';
import { writeQuery } from './queries.ts';
import { tableName } from './sources.ts';
import { duckdbName, duckdbString } from './string-literals.ts';
import { isEmpty, nodeOf, nodesOf, optionalNode } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import { duckdbType } from './types.ts';
import type { SparkType } from './types.ts';
import type { SparkWriter } from './writer.ts';

type StatementWriter = (node: SyntaxNode, writer: SparkWriter) => string;

const writers: Readonly<Record<string, StatementWriter>> = {
  create_view: writeView,
  create_table: writeTable,
  insert: writeInsert,
  drop_table: (node, writer) => {
    const { names, if_exists: ifExists } = writer.fields(node, ['names', 'if_exists']);
    const [only, ...more] = names as readonly Fields[];
    if (more.length > 0) return writer.refuse(node, 'DROP TABLE of more than one');
    return `DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${tableName(only!, writer)}`;
  },
  drop_view: (node, writer) => {
    const { name, if_exists: ifExists } = writer.fields(node, ['name', 'if_exists']);
    return `DROP VIEW ${ifExists ? 'IF EXISTS ' : ''}${tableName(name as Fields, writer)}`;
  },
  describe: writeDescribe,
  show: writeShow,
};

/** DuckDB's text of a statement of Spark. */
export function writeStatement(node: SyntaxNode, writer: SparkWriter): string {
  if (['select', 'union', 'intersect', 'except', 'subquery', 'values'].includes(node.kind))
    return writeQuery(node, writer);
  const write = Object.hasOwn(writers, node.kind) ? writers[node.kind] : undefined;
  return write
    ? write(node, writer)
    : writer.refuse(null, `the statement ${node.kind.replace('_statement', '').replaceAll('_', ' ').toUpperCase()}`);
}

function writeView(node: SyntaxNode, writer: SparkWriter): string {
  const {
    name,
    columns,
    query,
    or_replace: replace,
    temporary,
    if_not_exists: ifNot,
  } = writer.fields(node, ['name', 'columns', 'query', 'or_replace', 'temporary', 'if_not_exists']);
  const names = ((columns ?? []) as readonly Fields[]).map((column) => duckdbName(writer.name(column['name'])));
  const list = names.length > 0 ? `(${names.join(', ')})` : '';
  const start = `CREATE ${replace ? 'OR REPLACE ' : ''}${temporary ? 'TEMP ' : ''}VIEW ${ifNot ? 'IF NOT EXISTS ' : ''}`;
  return `${start}${tableName(name as Fields, writer)}${list} AS ${writeQuery(nodeOf(query), writer)}`;
}

function writeTable(node: SyntaxNode, writer: SparkWriter): string {
  const {
    name,
    columns,
    as_select: query,
    or_replace: replace,
    if_not_exists: ifNot,
    properties,
  } = writer.fields(node, ['name', 'columns', 'as_select', 'or_replace', 'temporary', 'if_not_exists', 'properties']);
  if (node.fields['temporary']) return writer.refuse(node, 'CREATE TEMPORARY TABLE');
  for (const property of nodesOf(properties))
    if (property.kind !== 'file_format_property')
      writer.refuse(node, `${property.kind.replaceAll('_', ' ')} of CREATE TABLE`);
  const start = `CREATE ${replace ? 'OR REPLACE ' : ''}TABLE ${ifNot ? 'IF NOT EXISTS ' : ''}${tableName(name as Fields, writer)}`;
  const select = optionalNode(query);
  if (select)
    return isEmpty(columns)
      ? `${start} AS ${writeQuery(select, writer)}`
      : writer.refuse(node, 'CREATE TABLE with columns and a query');
  const texts = ((columns ?? []) as readonly Fields[]).map((fields) => {
    const column = writer.fields({ kind: 'column', fields }, [
      'name',
      'data_type',
      'nullable',
      'constraint_order',
      'comment',
    ]);
    const isRequired =
      column['nullable'] === false || ((column['constraint_order'] ?? []) as readonly string[]).includes('NotNull');
    return `${duckdbName(writer.name(column['name']))} ${duckdbType(column['data_type'] as SparkType, node, writer)}${isRequired ? ' NOT NULL' : ''}`;
  });
  return `${start} (${texts.join(', ')})`;
}

function writeInsert(node: SyntaxNode, writer: SparkWriter): string {
  const { table, columns, values, query, overwrite } = writer.fields(node, [
    'table',
    'columns',
    'values',
    'query',
    'overwrite',
  ]);
  if (overwrite) return writer.refuse(node, 'INSERT OVERWRITE');
  const names = ((columns ?? []) as readonly unknown[]).map((column) => duckdbName(writer.name(column)));
  const start = `INSERT INTO ${tableName(table as Fields, writer)}${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
  const select = optionalNode(query);
  if (select) return `${start} ${writeQuery(select, writer)}`;
  const rows = (values as readonly (readonly unknown[])[]).map(
    (row) => `(${row.map((value) => writer.expression(nodeOf(value))).join(', ')})`,
  );
  return `${start} VALUES ${rows.join(', ')}`;
}

function writeShow(node: SyntaxNode, writer: SparkWriter): string {
  const { this: what, like, from } = writer.fields(node, ['this', 'like', 'from']);
  if (what === 'COLUMNS' && from)
    return `SELECT column_name AS col_name FROM (DESCRIBE ${writer.expression(nodeOf(from))})`;
  if (from || (what !== 'TABLES' && what !== 'VIEWS')) return writer.refuse(node, `SHOW ${String(what)} in this form`);
  const views = 'SELECT view_name AS name, temporary FROM duckdb_views() WHERE NOT internal';
  const tables = `SELECT table_name AS name, temporary FROM duckdb_tables() WHERE NOT internal UNION ALL ${views}`;
  const pattern = optionalNode(like);
  const where = pattern ? ` WHERE regexp_full_match(lower(name), ${duckdbString(namePattern(pattern, writer))})` : '';
  const name = what === 'TABLES' ? 'tableName' : 'viewName';
  return `SELECT CASE WHEN temporary THEN '' ELSE 'default' END AS "namespace", name AS "${name}", temporary AS "isTemporary" FROM (${what === 'TABLES' ? tables : views})${where} ORDER BY name`;
}

/** The parser leaves out what stands behind the name, which `translate` has refused. */
function writeDescribe(node: SyntaxNode, writer: SparkWriter): string {
  const { target, kind } = writer.fields(node, ['target', 'kind']);
  const table = nodeOf(target);
  if (table.kind !== 'table' || (!isEmpty(kind) && kind !== 'TABLE'))
    return writer.refuse(null, 'DESCRIBE in this form');
  return `SELECT column_name AS col_name, "spark:described"(column_type, column_name) AS data_type, CAST(NULL AS VARCHAR) AS comment FROM (DESCRIBE ${tableName(table.fields, writer)})`;
}

/** Spark's patterns of names: `*` for any text, `|` for or. */
function namePattern(node: SyntaxNode, writer: SparkWriter): string {
  const text =
    stringLiteralOf(node, writer) ?? writer.refuse(node, 'SHOW ... LIKE with a pattern that is not a literal');
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_*|]/g, '\\$&')
    .replaceAll('*', '.*');
}
