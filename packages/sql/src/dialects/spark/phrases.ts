import { writeBesideFloats, writeOperand } from './arithmetic.ts';
import { integerLiteralOf, stringLiteralOf } from './literals.ts';
import { duckdbString } from './string-literals.ts';
import { nodeOf, nodesOf, optionalNode } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { duckdbType, writeCast } from './types.ts';
import type { SparkType } from './types.ts';
import type { SparkWriter } from './writer.ts';

type ExpressionWriter = (node: SyntaxNode, writer: SparkWriter) => string;

export function writeCase(node: SyntaxNode, writer: SparkWriter): string {
  const { operand, whens, else_: otherwise } = writer.fields(node, ['operand', 'whens', 'else_']);
  const subject = optionalNode(operand);
  const branches = (whens as readonly (readonly [unknown, unknown])[]).map(
    ([when, then]) => [nodeOf(when), nodeOf(then)] as const,
  );
  const last = optionalNode(otherwise);
  const values = [...branches.map(([, then]) => then), ...(last ? [last] : [])];
  const tests = subject ? [subject, ...branches.map(([when]) => when)] : [];
  return writeBesideFloats(
    [...values, ...tests],
    (mode) => {
      const operands = writer.with({ decimals: mode });
      const write = branches.map(([when, then]) => {
        const condition = subject ? writeOperand(when, operands) : writer.expression(when);
        return `WHEN ${condition} THEN ${writeOperand(then, operands)}`;
      });
      const start = subject ? `CASE ${writeOperand(subject, operands)}` : 'CASE';
      return [start, ...write, ...(last ? [`ELSE ${writeOperand(last, operands)}`] : []), 'END'].join(' ');
    },
    writer,
  );
}

export function writeCastNode(node: SyntaxNode, writer: SparkWriter): string {
  const { this: value, to } = writer.fields(node, ['this', 'to']);
  const inner = nodeOf(value);
  const text = writer.expression(inner);
  if (isPlainNumber(inner, to as SparkType))
    return `CAST(${inner.fields['value']} AS ${duckdbType(to as SparkType, node, writer)})`;
  return inner.kind === 'null'
    ? `CAST(NULL AS ${duckdbType(to as SparkType, node, writer)})`
    : writeCast(text, to as SparkType, node, writer);
}

/** True for a literal such as `1L` or `0.5D`, which the parser gives as a cast. */
function isPlainNumber(node: SyntaxNode, { data_type: type }: SparkType): boolean {
  if (node.kind !== 'literal' || node.fields['literal_type'] !== 'number') return false;
  return (
    type === 'double' || type === 'float' || (type === 'big_int' && (integerLiteralOf(node) ?? Infinity) < 2 ** 53)
  );
}

export function writeLike(operator: 'LIKE' | 'ILIKE'): ExpressionWriter {
  return (node, writer) => {
    const { left, right, escape, quantifier } = writer.fields(node, ['left', 'right', 'escape', 'quantifier']);
    const text = writer.expression(nodeOf(left));
    const mark = optionalNode(escape) ? writer.expression(nodeOf(escape)) : duckdbString('\\');
    const pattern = nodeOf(right);
    if (!quantifier) return `(${text} ${operator} ${writer.expression(pattern)} ESCAPE ${mark})`;
    const patterns =
      pattern.kind === 'tuple' ? nodesOf(pattern.fields['expressions']) : [nodeOf(pattern.fields['this'])];
    const tests = patterns.map((one) => `${text} ${operator} ${writer.expression(one)} ESCAPE ${mark}`);
    return `(${tests.join(quantifier === 'ALL' ? ' AND ' : ' OR ')})`;
  };
}

const units = 'year month week day hour minute second millisecond microsecond'.split(' ');

export function writeInterval(node: SyntaxNode, writer: SparkWriter): string {
  const { this: value, unit } = writer.fields(node, ['this', 'unit']);
  const simple = unit as { readonly type?: string; readonly unit?: string } | null;
  const name = simple?.unit?.toLowerCase() ?? '';
  if (simple?.type !== 'simple' || !units.includes(name)) return writer.refuse(node, 'an INTERVAL in this form');
  const inner = nodeOf(value);
  const text = stringLiteralOf(inner, writer);
  if (text !== null && !/^\s*[+-]?\d+\s*$/.test(text)) return writer.refuse(node, `INTERVAL '${text}'`);
  return `to_${name}s(CAST(${text === null ? writer.expression(inner) : text} AS INTEGER))`;
}

export function writeTrim(node: SyntaxNode, writer: SparkWriter): string {
  const { this: value, characters, position } = writer.fields(node, ['this', 'characters', 'position']);
  const name = position === 'Leading' ? 'ltrim' : position === 'Trailing' ? 'rtrim' : 'trim';
  const set = optionalNode(characters);
  return `${name}(${writer.expression(nodeOf(value))}, ${set ? writer.expression(set) : "' '"})`;
}
