import { decimalLiteralOf, stringLiteralOf } from './literals.ts';
import { writeDivision } from './division.ts';
import { isArithmetic, leavesOf, numericOperands } from './numeric-nodes.ts';
import { isDate } from './static-types.ts';
import { nodeOf, nodesOf } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

const signs: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** Kinds of nodes whose numbers must be of one type: FLOAT beside DECIMAL is DOUBLE for Spark and
 * FLOAT for DuckDB.
 */
export const numericKinds: ReadonlySet<string> = new Set([...Object.keys(signs), 'div', 'mod', 'neg', 'between', 'in']);

/** Arithmetic or a comparison. Where it has a number with a decimal point, whether one of the
 * other operands is a FLOAT decides, when DuckDB binds the query, which of two ways it is
 * computed. */
export function writeNumeric(node: SyntaxNode, writer: SparkWriter): string {
  return writeBesideFloats(
    numericOperands(node).flatMap((operand) => leavesOf(operand)),
    (mode) => writeTree(node, writer.with({ decimals: mode })),
    writer,
  );
}

/** What `write` gives, for decimals or, where one of the operands is a FLOAT, for doubles. */
export function writeBesideFloats(
  operands: readonly SyntaxNode[],
  write: (mode: 'exact' | 'double') => string,
  writer: SparkWriter,
): string {
  if (!operands.some((leaf) => decimalLiteralOf(leaf))) return write('exact');
  const others = operands.filter((leaf) => leaf.kind !== 'literal' && leaf.kind !== 'null');
  const exact = write('exact');
  if (others.length === 0) return exact;
  const types = [...new Set(others.map((leaf) => `typeof(${writer.with({ decimals: 'exact' }).expression(leaf)})`))];
  const isFloat = types.length === 1 ? `${types[0]} = 'FLOAT'` : `list_contains([${types.join(', ')}], 'FLOAT')`;
  return `CASE WHEN ${isFloat} THEN ${write('double')} ELSE ${exact} END`;
}

/** A node within a tree of numbers: what is not a number of the tree is written for itself. */
export function writeOperand(node: SyntaxNode, writer: SparkWriter): string {
  if (node.kind === 'paren') {
    const { this: inner } = writer.fields(node, ['this']);
    return `(${writeOperand(nodeOf(inner), writer)})`;
  }
  if (isArithmetic(node)) return writeTree(node, writer);
  return (decimalLiteralOf(node) ? writer : writer.with({ decimals: 'exact' })).expression(node);
}

/** An operand of arithmetic. Spark reads a text there as a DOUBLE. */
function writeNumber(node: SyntaxNode, writer: SparkWriter): string {
  const text = writeOperand(node, writer);
  return stringLiteralOf(node, writer) === null ? text : `TRY_CAST("spark:numeral"(${text}) AS DOUBLE)`;
}

function writeTree(node: SyntaxNode, writer: SparkWriter): string {
  if (node.kind === 'neg') return `(-${writeOperand(nodeOf(writer.fields(node, ['this'])['this']), writer)})`;
  if (node.kind === 'between') {
    const { this: value, low, high, not } = writer.fields(node, ['this', 'low', 'high', 'not']);
    const [text, from, to] = [value, low, high].map((part) => writeOperand(nodeOf(part), writer));
    return `(${text} ${not ? 'NOT ' : ''}BETWEEN ${from} AND ${to})`;
  }
  if (node.kind === 'in') return writeIn(node, writer);
  const { left, right } = writer.fields(node, ['left', 'right']);
  const [a, b] = [nodeOf(left), nodeOf(right)];
  const [before, after] = [a, b].map((side) =>
    isArithmetic(node) ? writeNumber(side, writer) : writeOperand(side, writer),
  ) as [string, string];
  if (node.kind === 'div') return writeDivision(before, after, a, b, writer);
  if (node.kind === 'mod') return `(${before} % nullif(${after}, 0))`;
  if ((node.kind === 'add' || node.kind === 'sub') && b.kind === 'interval')
    return writeMoved(`(${before} ${signs[node.kind]} ${after})`, before, a, b, writer);
  if (node.kind === 'sub' && isDate(b, writer)) return `"spark:days"(${before}, ${after})`;
  if ((node.kind === 'add' || node.kind === 'sub') && !isNumber(a) && !isNumber(b)) {
    const [first, second] = [a, b].map((side) => `typeof(${typed(side, writer)})`);
    const moved = `"spark:moved_by"(${before} ${signs[node.kind]} ${after}, ${first}, ${second})`;
    return node.kind === 'add' ? moved : `"spark:minus"(${moved}, ${first}, ${second})`;
  }
  return `(${before} ${signs[node.kind]} ${after})`;
}

/** What has the type of an operand: a difference of dates itself, of others the first of their
 * parts.
 */
function typed(node: SyntaxNode, writer: SparkWriter): string {
  const exact = writer.with({ decimals: 'exact' });
  if (node.kind === 'paren') return typed(nodeOf(node.fields['this']), writer);
  if (node.kind === 'sub' && isDate(nodeOf(node.fields['right']), writer)) return exact.expression(node);
  return exact.expression(leavesOf(node)[0]!);
}

/** A date or a time and an interval. A date stays one where the interval is of whole days. */
function writeMoved(text: string, before: string, a: SyntaxNode, b: SyntaxNode, writer: SparkWriter): string {
  const { unit } = (b.fields['unit'] ?? {}) as { readonly unit?: string };
  if (a.kind === 'interval' || !['Year', 'Month', 'Week', 'Day'].includes(unit ?? '')) return text;
  return isDate(a, writer) ? `CAST(${text} AS DATE)` : `"spark:moved"(${text}, typeof(${before}))`;
}

function writeIn(node: SyntaxNode, writer: SparkWriter): string {
  const { this: value, expressions, query, not } = writer.fields(node, ['this', 'expressions', 'query', 'not']);
  const left = nodeOf(value);
  if (query && left.kind === 'null') return writer.refuse(query, 'NULL IN (SELECT ...)');
  const text = writeOperand(left, writer);
  const list = query
    ? writer.query(nodeOf(query))
    : nodesOf(expressions)
        .map((item) => writeOperand(item, writer))
        .join(', ');
  return `(${text} ${not ? 'NOT ' : ''}IN (${list}))`;
}

/** True for what is surely a number. */
function isNumber(node: SyntaxNode): boolean {
  if (node.kind === 'paren') return isNumber(nodeOf(node.fields['this']));
  if (node.kind === 'mul' || node.kind === 'div' || node.kind === 'mod' || node.kind === 'neg') return true;
  return node.kind === 'literal' && node.fields['literal_type'] === 'number';
}
