import { withArity } from '../call.ts';
import type { CallWriter } from '../call.ts';

/** Functions of a place in a window. */
export const windowCalls: Readonly<Record<string, CallWriter>> = {
  cume_dist: windowed(0, 0),
  dense_rank: windowed(0, 0),
  lag: windowed(1, 3),
  lead: windowed(1, 3),
  nth_value: windowed(2, 2),
  ntile: windowed(1, 1),
  percent_rank: windowed(0, 0),
  rank: windowed(0, 0),
  row_number: windowed(0, 0),
};

function windowed(low: number, high: number): CallWriter {
  return withArity(low, high, (call, writer) => {
    if (!call.over) return writer.reject(call.node, `${call.name} needs OVER (...)`);
    if (call.distinct || call.filter) return writer.refuse(call.node, `DISTINCT or FILTER with ${call.name}`);
    const [first, ...rest] = call.args.map((arg) => writer.expression(arg));
    const texts = first === undefined ? [] : [`${first}${call.ignoreNulls ? ' IGNORE NULLS' : ''}`, ...rest];
    return `${call.name.toLowerCase()}(${texts.join(', ')})${call.over}`;
  });
}
