import { callName } from './static-types.ts';
import { stringLiteralOf } from './literals.ts';
import { columnName } from './column-names.ts';
import { writeAlias } from './alias.ts';
import { duckdbName } from './string-literals.ts';
import { isEmpty, nodeOf, nodesOf } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** Aggregates that give NULL for no rows, as Spark's PIVOT does; `count` is a sum there. */
const aggregates = new Set(['sum', 'avg', 'mean', 'min', 'max', 'first', 'any_value', 'count']);

/** PIVOT of one column. */
export function writePivot(node: SyntaxNode, source: string, writer: SparkWriter): string {
  const { expressions, fields, alias } = writer.fields(node, ['this', 'expressions', 'fields', 'alias', 'unpivot']);
  const values = nodesOf(expressions);
  const [field, ...more] = nodesOf(fields);
  if (field?.kind !== 'in' || more.length > 0) return writer.refuse(node, 'PIVOT in this form');
  const { this: column, expressions: listed } = writer.fields(field, ['this', 'expressions']);
  if (nodeOf(column).kind !== 'column') return writer.refuse(node, 'PIVOT of more than one column');
  const texts = values.map((value) => writeAggregate(value, values.length > 1, writer));
  const items = nodesOf(listed).map((item) => writePivotValue(item, writer));
  return `(SELECT * FROM ${source} PIVOT (${texts.join(', ')} FOR ${writer.expression(nodeOf(column))} IN (${items.join(', ')})))${writeAlias(alias, [], writer)}`;
}

/** A column of more than one aggregate has its name; of one only that of the value. */
function writeAggregate(node: SyntaxNode, isNamed: boolean, writer: SparkWriter): string {
  const inner = node.kind === 'alias' ? nodeOf(node.fields['this']) : node;
  const name = callName(inner, writer) ?? '';
  const args = nodesOf(inner.fields['args']);
  if (inner.kind !== 'function' || !aggregates.has(name) || args.length !== 1 || inner.fields['distinct'] === true)
    return writer.refuse(node, `${name || inner.kind} in PIVOT`);
  const call = pivotCall(name, args[0]!, writer);
  if (!isNamed) return call;
  const own = node.kind === 'alias' ? writer.name(node.fields['alias']) : columnName(inner, writer);
  return `${call} AS ${duckdbName(own ?? writer.refuse(node, 'PIVOT of an aggregate without a name'))}`;
}

function pivotCall(name: string, value: SyntaxNode, writer: SparkWriter): string {
  if (name === 'count' && value.kind === 'star') return 'sum(1)';
  const text = writer.expression(value);
  if (name === 'count') return `sum(CASE WHEN ${text} IS NULL THEN 0 ELSE 1 END)`;
  if (name === 'avg' || name === 'mean') return `avg("spark:no_decimal"(${text}, typeof(${text})))`;
  return `${name === 'any_value' ? 'first' : name}(${text})`;
}

function writePivotValue(node: SyntaxNode, writer: SparkWriter): string {
  if (node.kind !== 'pivot_alias') return writer.expression(node);
  const { this: value, alias } = writer.fields(node, ['this', 'alias']);
  const name = nodeOf(alias);
  return `${writer.expression(nodeOf(value))} AS ${duckdbName(stringLiteralOf(name, writer) ?? writer.name(name.fields['name']))}`;
}

/** UNPIVOT of columns into one. */
export function writeUnpivot(node: SyntaxNode, source: string, writer: SparkWriter): string {
  const {
    value_column: value,
    name_column: name,
    columns,
    include_nulls: nulls,
    alias,
  } = writer.fields(node, ['this', 'value_column', 'name_column', 'columns', 'include_nulls', 'alias']);
  const items = nodesOf(columns);
  if (isEmpty(value) || isEmpty(name) || items.some(({ kind }) => kind !== 'column'))
    return writer.refuse(node, 'UNPIVOT in this form');
  const list = items.map((item) => writer.expression(item)).join(', ');
  return `(SELECT * FROM ${source} UNPIVOT ${nulls ? 'INCLUDE NULLS ' : ''}(${duckdbName(writer.name(value))} FOR ${duckdbName(writer.name(name))} IN (${list})))${writeAlias(alias, [], writer)}`;
}
