import { readCall } from './calls.ts';
import { optionalNode } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** Functions whose name Spark writes in capitals. */
const capitals = new Set(
  `acos acosh asin asinh atan atan2 cbrt ceil cos cosh cot degrees e exp expm1 floor hypot log10 log1p log2 pi power radians
   regexp_like rint rlike signum sin sinh sqrt tan tanh`.split(/\s+/),
);

/** Arguments that Spark writes where they are left out: how many there are with them, and what they
 * are.
 */
const defaults: Readonly<Record<string, readonly [count: number, value: string]>> = {
  from_unixtime: [2, 'yyyy-MM-dd HH:mm:ss'],
  lag: [3, ''],
  lead: [3, ''],
  lpad: [3, ' '],
  percentile: [3, '1'],
  percentile_approx: [3, '10000'],
  regexp_extract: [3, '1'],
  regexp_extract_all: [3, '1'],
  regexp_replace: [4, '1'],
  replace: [3, ''],
  round: [2, '0'],
  rpad: [3, ' '],
  sort_array: [2, 'true'],
  split: [3, '-1'],
  substr: [3, '2147483647'],
  substring: [3, '2147483647'],
  unix_timestamp: [2, 'yyyy-MM-dd HH:mm:ss'],
};

/** Functions for which Spark writes another, or a name that the text alone does not give. */
const others = new Set(
  `array_sort filter exists forall transform aggregate reduce zip_with map_filter transform_keys transform_values inline lag lead
   locate log ntile nth_value position rand random row_number uuid now struct`.split(/\s+/),
);

/** The name that Spark gives to a column of a call; null for one that is not known. */
export function callText(
  node: SyntaxNode,
  writer: SparkWriter,
  nameOf: (arg: SyntaxNode) => string | null,
): string | null {
  const call = readCall(node, '', writer);
  const own = call.name.toLowerCase();
  if (own === 'count' && call.args[0]?.kind === 'star') return 'count(1)';
  if (others.has(own) || call.withinGroup.length > 0 || optionalNode(call.filter)) return null;
  const names = call.args.map(nameOf);
  if (names.includes(null)) return null;
  const name = capitals.has(own) ? own.toUpperCase() : own;
  if (own === 'if' || own === 'iff') return `(IF(${names.join(', ')}))`;
  if (own === 'isnull' || own === 'isnotnull') return `(${names[0]} IS ${own === 'isnull' ? '' : 'NOT '}NULL)`;
  const missing = defaults[own];
  const list = missing && names.length === missing[0] - 1 ? [...names, missing[1]] : names;
  return `${name}(${call.distinct ? 'DISTINCT ' : ''}${list.join(', ')})`;
}
