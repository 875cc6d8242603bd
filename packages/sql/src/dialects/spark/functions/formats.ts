import type { Call, CallWriter } from '../call.ts';
import { withArity } from '../call.ts';
import { stringLiteralOf } from '../literals.ts';
import { duckdbString } from '../string-literals.ts';
import type { SparkWriter } from '../writer.ts';

/** Functions that write values into a text with places for them. */
export const formatCalls: Readonly<Record<string, CallWriter>> = {
  format_string: withArity(1, Infinity, writeFormat),
  printf: withArity(1, Infinity, writeFormat),
};

/** `%s`, `%d`, and `%%`; Java's other conversions have rules of their own for each type. */
function writeFormat(call: Call, writer: SparkWriter): string {
  const [first, ...values] = call.args;
  if (first?.kind === 'null') return 'CAST(NULL AS VARCHAR)';
  const format = stringLiteralOf(first, writer);
  if (format === null) return writer.refuse(call.node, `${call.name} with a format that is not a literal`);
  let used = 0;
  const parts = Array.from(format.matchAll(/%[sd%]|[^%]+|%/g), ([part]) => {
    if (part === '%') return writer.refuse(call.node, `${call.name} with other places than %s, %d, and %%`);
    if (part === '%%') return "'%'";
    if (part !== '%s' && part !== '%d') return duckdbString(part);
    const value = values[used++];
    if (!value) return writer.reject(call.node, `${call.name}: the format has more places than values`);
    const macro = part === '%s' ? 'formatted' : 'formatted_whole';
    return `coalesce("spark:${macro}"(${writer.expression(value)}), 'null')`;
  });
  return parts.length === 0 ? "''" : `(${parts.join(' || ')})`;
}
