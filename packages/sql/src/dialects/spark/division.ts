import { isArithmetic, numericOperands } from './numeric-nodes.ts';
import { decimalLiteralOf, integerLiteralOf } from './literals.ts';
import { callName } from './static-types.ts';
import { nodeOf, nodesOf } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** A quotient, rounded where Spark's is a DECIMAL; NULL for a division by zero. */
export function writeDivision(
  before: string,
  after: string,
  a: SyntaxNode,
  b: SyntaxNode,
  writer: SparkWriter,
): string {
  const quotient = `(TRY_CAST(${before} AS DOUBLE) / nullif(TRY_CAST(${after} AS DOUBLE), 0))`;
  if (writer.decimals === 'double' || (isWhole(a) && isWhole(b))) return quotient;
  return `"spark:quotient"(${quotient}, "spark:type_of_div"(${typeText(a, writer)}, ${typeText(b, writer)}))`;
}

function isWhole(node: SyntaxNode): boolean {
  return integerLiteralOf(node) !== null;
}

function writeType(digits: number, scale: number, kind: 0 | 1): string {
  return `struct_pack(digits := ${digits}, scale := ${scale}, kind := ${kind})`;
}

/** An expression of DuckDB that gives the type that a number has in Spark; see the macros for its
 * fields.
 */
function typeText(node: SyntaxNode, writer: SparkWriter): string {
  if (node.kind === 'paren' || node.kind === 'neg') return typeText(nodeOf(node.fields['this']), writer);
  const decimal = decimalLiteralOf(node);
  if (decimal) return writeType(decimal.precision - decimal.scale, decimal.scale, 1);
  const whole = integerLiteralOf(node);
  if (whole !== null) return writeType(String(Math.abs(whole)).length, 0, 0);
  const total = typeOfTotal(node, writer);
  if (total) return total;
  if (!isArithmetic(node)) return `"spark:type_of"(typeof(${writer.with({ decimals: 'exact' }).expression(node)}))`;
  const [left, right] = numericOperands(node).map((operand) => typeText(operand, writer));
  const rule = node.kind === 'add' || node.kind === 'sub' ? 'sum' : node.kind === 'mul' ? 'product' : node.kind;
  return `"spark:type_of_${rule}"(${left}, ${right})`;
}

/** The type of a sum or a mean, of which DuckDB's has other digits. */
function typeOfTotal(node: SyntaxNode, writer: SparkWriter): string | null {
  const isWindow = node.kind === 'window_function';
  const call = isWindow ? nodeOf(node.fields['this']) : node;
  const name = callName(call, writer);
  if (name !== 'sum' && name !== 'avg' && name !== 'mean') return null;
  const [value] = nodesOf(call.fields['args']);
  if (!value) return null;
  const text = writer.with({ decimals: 'exact' }).expression(value);
  return `"spark:type_of_${name === 'sum' ? 'total' : 'mean'}"("spark:type_of"(typeof(${isWindow ? text : `any_value(${text})`})))`;
}
