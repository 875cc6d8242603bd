import { nodeOf } from './syntax-node.ts';
import type { Fields } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** A term of ORDER BY. NULL comes first ascending and last descending, unless the text says
 * otherwise.
 */
export function writeOrder(term: unknown, writer: SparkWriter): string {
  const { this: value } = orderFields(term, writer);
  return `${writer.expression(nodeOf(value))}${orderSuffix(term, writer)}`;
}

/** How a term sorts: ` ASC NULLS FIRST`. */
export function orderSuffix(term: unknown, writer: SparkWriter): string {
  const { desc, nulls_first: first } = orderFields(term, writer);
  const nulls = typeof first === 'boolean' ? first : desc !== true;
  return `${desc === true ? ' DESC' : ' ASC'} NULLS ${nulls ? 'FIRST' : 'LAST'}`;
}

function orderFields(term: unknown, writer: SparkWriter): Fields {
  return writer.fields({ kind: 'order', fields: term as Fields }, ['this', 'desc', 'nulls_first']);
}
