import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** A call of a function, as writers of functions see it. */
export interface Call {
  readonly node: SyntaxNode;
  /** As it is written. */
  readonly name: string;
  readonly args: readonly SyntaxNode[];
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter: SyntaxNode | null;
  /** ORDER BY within a group; empty for none. */
  readonly withinGroup: readonly unknown[];
  /** Text of ` OVER (...)`; empty for none. */
  readonly over: string;
}

/** DuckDB's text of a call. */
export type CallWriter = (call: Call, writer: SparkWriter) => string;

/** The text of an argument. @throws QualmError `query-invalid` where there is none. */
export function argument(call: Call, index: number, writer: SparkWriter): string {
  const node = call.args[index];
  if (!node) return writer.reject(call.node, `${call.name}: argument ${index + 1} is missing`);
  return writer.expression(node);
}

/** A writer for a function with so many arguments. @throws QualmError `query-invalid` for another
 * number of them.
 */
export function withArity(low: number, high: number, write: CallWriter): CallWriter {
  return (call, writer) => {
    const { length } = call.args;
    if (length < low || length > high) {
      const expected = low === high ? String(low) : high === Infinity ? `${low} or more` : `${low} to ${high}`;
      return writer.reject(call.node, `${call.name}: expected ${expected} arguments, came ${length}`);
    }
    return write(call, writer);
  };
}

/** A scalar function: `$1` in the form stands for its first argument, `$*` for all. */
export function scalar(low: number, form: string, high: number = low): CallWriter {
  return withArity(low, high, (call, writer) => {
    if (call.distinct || call.ignoreNulls || call.filter || call.withinGroup.length > 0 || call.over)
      return writer.reject(call.node, `${call.name} is not an aggregate: it takes no DISTINCT, FILTER, or OVER`);
    return fill(
      form,
      call.args.map((arg) => writer.expression(arg)),
    );
  });
}

/** A form with texts in place of `$1`, `$2`, and `$*`. */
export function fill(form: string, texts: readonly string[]): string {
  return form.replaceAll(/\$(\*|\d)/g, (_, place: string) =>
    place === '*' ? texts.join(', ') : (texts[Number(place) - 1] ?? ''),
  );
}
