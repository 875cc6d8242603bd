import { numericKinds, writeNumeric } from './arithmetic.ts';
import { writeCase, writeCastNode, writeInterval, writeLike, writeTrim } from './phrases.ts';
import { writeCall } from './calls.ts';
import { writeLiteral, stringLiteralOf, integerLiteralOf } from './literals.ts';
import { duckdbName } from './string-literals.ts';
import { isEmpty, nodeOf, nodesOf } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { isMap } from './static-types.ts';
import { writeWindowed } from './windows.ts';
import type { SparkWriter } from './writer.ts';

type ExpressionWriter = (node: SyntaxNode, writer: SparkWriter) => string;

const binary =
  (sign: string): ExpressionWriter =>
  (node, writer) => {
    const { left, right } = writer.fields(node, ['left', 'right']);
    return `(${writer.expression(nodeOf(left))} ${sign} ${writer.expression(nodeOf(right))})`;
  };

const test =
  (what: string): ExpressionWriter =>
  (node, writer) => {
    const { this: value, not } = writer.fields(node, ['this', 'not']);
    return `(${writer.expression(nodeOf(value))} IS ${not ? 'NOT ' : ''}${what})`;
  };

const writers: Readonly<Record<string, ExpressionWriter>> = {
  literal: writeLiteral,
  boolean: (node, writer) => (writer.fields(node, ['value'])['value'] ? 'TRUE' : 'FALSE'),
  null: () => 'NULL',
  column: writeColumn,
  dot: writeField,
  paren: (node, writer) => `(${writer.expression(nodeOf(writer.fields(node, ['this'])['this']))})`,
  tuple: (node, writer) => {
    const items = nodesOf(writer.fields(node, ['expressions'])['expressions']);
    return `row(${items.map((item) => writer.expression(item)).join(', ')})`;
  },
  subscript: writeSubscript,
  and: binary('AND'),
  or: binary('OR'),
  not: (node, writer) => `(NOT ${writer.expression(nodeOf(writer.fields(node, ['this'])['this']))})`,
  null_safe_eq: binary('IS NOT DISTINCT FROM'),
  null_safe_neq: binary('IS DISTINCT FROM'),
  concat: (node, writer) => {
    const { left, right } = writer.fields(node, ['left', 'right']);
    return writer.expression(callNode('concat', [left, right]));
  },
  bitwise_and: binary('&'),
  bitwise_or: binary('|'),
  bitwise_xor: (node, writer) => {
    const { left, right } = writer.fields(node, ['left', 'right']);
    return `xor(${writer.expression(nodeOf(left))}, ${writer.expression(nodeOf(right))})`;
  },
  bitwise_not: (node, writer) => `(~${writer.expression(nodeOf(writer.fields(node, ['this'])['this']))})`,
  int_div: (node, writer) => {
    const { this: left, expression } = writer.fields(node, ['this', 'expression']);
    return `"spark:div"(${writer.expression(nodeOf(left))}, ${writer.expression(nodeOf(expression))})`;
  },
  is_null: test('NULL'),
  is_true: test('TRUE'),
  is_false: test('FALSE'),
  case: writeCase,
  cast: writeCastNode,
  try_cast: writeCastNode,
  like: writeLike('LIKE'),
  i_like: writeLike('ILIKE'),
  regexp_like: (node, writer) => {
    const { this: value, pattern } = writer.fields(node, ['this', 'pattern']);
    return writer.expression(callNode('rlike', [value, pattern]));
  },
  exists: (node, writer) => `EXISTS (${writer.query(nodeOf(writer.fields(node, ['this'])['this']))})`,
  subquery: (node, writer) => `(${writer.query(nodeOf(writer.fields(node, ['this'])['this']))})`,
  interval: writeInterval,
  function: writeCall,
  aggregate_function: writeCall,
  within_group: writeCall,
  window_function: writeWindowed,
  extract: (node, writer) => {
    const { this: value, field } = writer.fields(node, ['this', 'field']);
    return writer.expression(callNode('date_part', [{ literal: { literal_type: 'string', value: field } }, value]));
  },
  trim: writeTrim,
  str_position: (node, writer) => {
    const { this: value, substr } = writer.fields(node, ['this', 'substr']);
    return writer.expression(callNode('locate', [substr, value]));
  },
  substring: (node, writer) => {
    const { this: value, start, length } = writer.fields(node, ['this', 'start', 'length']);
    return writer.expression(callNode('substring', [value, start, ...(isEmpty(length) ? [] : [length])]));
  },
  parameter: (node, writer) => {
    const { name, style } = writer.fields(node, ['name', 'style']);
    if (style !== 'Colon') return writer.refuse(node, 'a parameter in this form');
    return `$${writer.marked.parameterOf(String(name)) ?? String(name)}`;
  },
};

/** DuckDB's text of an expression of Spark. @throws QualmError `unsupported` for one that is not
 * known to be right.
 */
export function writeExpression(node: SyntaxNode, writer: SparkWriter): string {
  if (numericKinds.has(node.kind)) return writeNumeric(node, writer);
  const write = Object.hasOwn(writers, node.kind) ? writers[node.kind] : undefined;
  if (write) return write(node, writer);
  return writer.refuse(node, `${node.kind.replaceAll('_', ' ')} as an expression`);
}

function callNode(name: string, args: readonly unknown[]): SyntaxNode {
  return { kind: 'function', fields: { name, args } };
}

function writeColumn(node: SyntaxNode, writer: SparkWriter): string {
  const { name, table } = writer.fields(node, ['name', 'table']);
  const column = duckdbName(writer.name(name));
  if (!table) return writer.variables.get(writer.name(name).toLowerCase()) ?? column;
  const variable = writer.variables.get(writer.name(table).toLowerCase());
  return variable ? `(${variable}).${column}` : `${duckdbName(writer.name(table))}.${column}`;
}

function writeField(node: SyntaxNode, writer: SparkWriter): string {
  const { this: value, field } = writer.fields(node, ['this', 'field']);
  const inner = nodeOf(value);
  const text = writer.expression(inner);
  const base = inner.kind === 'column' || inner.kind === 'dot' ? text : `(${text})`;
  return `${base}.${duckdbName(writer.name(field))}`;
}

function writeSubscript(node: SyntaxNode, writer: SparkWriter): string {
  const { this: value, index } = writer.fields(node, ['this', 'index']);
  const [base, place] = [nodeOf(value), nodeOf(index)];
  const text = writer.expression(base);
  const at = writer.expression(place);
  if (isMap(base, writer) || stringLiteralOf(place, writer) !== null) return `(${text})[${at}]`;
  const literal = integerLiteralOf(place);
  return literal === null || literal < 0 ? `"spark:item_at"(${text}, ${at})` : `"spark:item"(${text}, ${literal})`;
}
