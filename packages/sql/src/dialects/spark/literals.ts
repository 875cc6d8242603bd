import { duckdbString } from './string-literals.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** Precision and scale of a number with a decimal point. */
export interface DecimalType {
  readonly precision: number;
  readonly scale: number;
}

/** What a literal of Spark is for DuckDB. */
export function writeLiteral(node: SyntaxNode, writer: SparkWriter): string {
  const { literal_type: type, value } = writer.fields(node, ['literal_type', 'value']) as Record<string, string>;
  const text = value ?? '';
  switch (type) {
    case 'number':
      return writeNumber(node, text, writer);
    case 'string':
    case 'raw_string':
      return duckdbString(writer.marked.stringOf(text) ?? text);
    case 'hex_string':
      return `unhex(${duckdbString(text.length % 2 === 0 ? text : `0${text}`)})`;
    case 'date':
    case 'timestamp':
      return writeTime(node, type, writer.marked.stringOf(text) ?? text, writer);
    default:
      return writer.refuse(node, `a literal of ${type?.replaceAll('_', ' ')}`);
  }
}

/** The value of a string literal; null for another expression. */
export function stringLiteralOf(node: SyntaxNode | undefined, writer: SparkWriter): string | null {
  if (node?.kind === 'paren') return null;
  if (node?.kind !== 'literal' || !String(node.fields['literal_type']).endsWith('string')) return null;
  if (node.fields['literal_type'] === 'hex_string') return null;
  const value = String(node.fields['value']);
  return writer.marked.stringOf(value) ?? value;
}

/** The value of a literal of a whole number, also a negative one; null for another expression. */
export function integerLiteralOf(node: SyntaxNode | undefined): number | null {
  if (node?.kind === 'neg') {
    const inner = integerLiteralOf({ kind: 'literal', fields: literalFields(node) });
    return inner === null ? null : -inner;
  }
  if (node?.kind !== 'literal' || node.fields['literal_type'] !== 'number') return null;
  const text = String(node.fields['value']);
  return /^\d+$/.test(text) ? Number(text) : null;
}

function literalFields(node: SyntaxNode): Record<string, unknown> {
  const inner = node.fields['this'] as { readonly literal?: Record<string, unknown> };
  return inner.literal ?? {};
}

/** The type of a literal with a decimal point; null for another expression. */
export function decimalLiteralOf(node: SyntaxNode): DecimalType | null {
  if (node.kind !== 'literal' || node.fields['literal_type'] !== 'number') return null;
  const text = String(node.fields['value']);
  const [, whole, part] = /^(\d*)\.(\d*)$/.exec(text) ?? [];
  if (whole === undefined || part === undefined) return null;
  const digits = `${whole}${part}`.replace(/^0+/, '').length;
  return { precision: Math.max(digits, part.length, 1), scale: part.length };
}

function writeNumber(node: SyntaxNode, text: string, writer: SparkWriter): string {
  const decimal = decimalLiteralOf(node);
  if (!decimal) {
    if (/^\d+$/.test(text) && BigInt(text) > 9223372036854775807n) return `CAST(${text} AS DECIMAL(${text.length}, 0))`;
    return /e/i.test(text) ? `CAST(${text} AS DOUBLE)` : text;
  }
  if (writer.decimals === 'double') return `CAST(${text} AS DOUBLE)`;
  if (decimal.precision > 38) writer.refuse(node, `a number of ${decimal.precision} digits`);
  const digits = text.startsWith('.') ? `0${text}` : text;
  return `CAST(${digits} AS DECIMAL(${decimal.precision}, ${decimal.scale}))`;
}

const dateForm = /^\s*\d{4}(-\d\d?(-\d\d?)?)?\s*$/;
const timestampForm = /^\s*\d{4}(-\d\d?(-\d\d?([ T]\d\d?:\d\d?(:\d\d?(\.\d{1,6})?)?)?)?)?\s*$/;

function writeTime(node: SyntaxNode, type: 'date' | 'timestamp', text: string, writer: SparkWriter): string {
  const form = type === 'date' ? dateForm : timestampForm;
  if (!form.test(text)) writer.refuse(node, `${type.toUpperCase()} '${text}' in this form`);
  const [day, time] = text.trim().split(/[ T]/) as [string, string?];
  const [year, month = '1', date = '1'] = day.split('-');
  const whole = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (type === 'date') return `CAST('${whole}' AS DATE)`;
  const clock = (time ?? '0:0:0').split(':').map((part) => part.replace(/^\d(?!\d)/, '0$&'));
  while (clock.length < 3) clock.push('00');
  return `CAST('${whole} ${clock.join(':')}' AS TIMESTAMP)`;
}
