import { decimalLiteralOf, stringLiteralOf } from './literals.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** How Spark writes a literal in the name of a column; null for one that is not known. */
export function literalName(node: SyntaxNode, writer: SparkWriter): string | null {
  const text = stringLiteralOf(node, writer);
  if (text !== null) return text;
  const { literal_type: type, value } = node.fields as Readonly<Record<string, string>>;
  if (type === 'date') return `DATE '${writer.marked.stringOf(value!) ?? value}'`;
  if (type !== 'number') return null;
  if (decimalLiteralOf(node)) return value!.startsWith('.') ? `0${value}` : value!.replace(/\.$/, '');
  return /^\d+$/.test(value!) ? value! : null;
}
