import { argument, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { stringLiteralOf } from '../literals.ts';
import { writeOrder } from '../order.ts';
import { nodeOf } from '../syntax-node.ts';
import type { Fields } from '../syntax-node.ts';
import type { SparkWriter } from '../writer.ts';

/** Aggregates. */
export const aggregateCalls: Readonly<Record<string, CallWriter>> = {
  any: of('bool_or'),
  any_value: withArity(1, 2, writeFirst('first')),
  approx_count_distinct: withArity(1, 2, (call, writer) =>
    aggregate('count', `DISTINCT ${argument(call, 0, writer)}`, call, writer),
  ),
  approx_percentile: withArity(2, 3, writePercentileApprox),
  array_agg: withArity(1, 1, writeCollect),
  avg: withArity(1, 1, writeMean),
  bit_and: of('bit_and'),
  bit_or: of('bit_or'),
  bit_xor: of('bit_xor'),
  bool_and: of('bool_and'),
  bool_or: of('bool_or'),
  collect_list: withArity(1, 1, writeCollect),
  collect_set: withArity(1, 1, (call, writer) => writeCollect({ ...call, distinct: true }, writer)),
  corr: of('corr', 2),
  count: writeCount,
  count_if: withArity(1, 1, (call, writer) =>
    aggregate('count', `CASE WHEN ${argument(call, 0, writer)} THEN 1 END`, call, writer),
  ),
  covar_pop: of('covar_pop', 2),
  covar_samp: of('covar_samp', 2),
  every: of('bool_and'),
  first: withArity(1, 2, writeFirst('first')),
  first_value: withArity(1, 2, writeFirst('first')),
  grouping: of('grouping'),
  kurtosis: of('kurtosis_pop'),
  last: withArity(1, 2, writeFirst('last')),
  last_value: withArity(1, 2, writeFirst('last')),
  listagg: withArity(1, 2, writeListagg),
  max: of('max'),
  max_by: of('arg_max_null', 2),
  mean: withArity(1, 1, writeMean),
  median: of('median'),
  min: of('min'),
  min_by: of('arg_min_null', 2),
  mode: of('mode'),
  percentile: withArity(1, 2, writePercentile('quantile_cont')),
  percentile_approx: withArity(2, 3, writePercentileApprox),
  percentile_cont: withArity(1, 1, writePercentile('quantile_cont')),
  percentile_disc: withArity(1, 1, writePercentile('quantile_disc')),
  some: of('bool_or'),
  std: of('stddev_samp'),
  stddev: of('stddev_samp'),
  stddev_pop: of('stddev_pop'),
  stddev_samp: of('stddev_samp'),
  string_agg: withArity(1, 2, writeListagg),
  sum: of('sum'),
  try_avg: withArity(1, 1, writeMean),
  try_sum: of('sum'),
  var_pop: of('var_pop'),
  var_samp: of('var_samp'),
  variance: of('var_samp'),
};

function of(name: string, arity = 1): CallWriter {
  return withArity(arity, arity, (call, writer) => {
    const texts = call.args.map((arg) => writer.expression(arg)).join(', ');
    return aggregate(name, `${call.distinct ? 'DISTINCT ' : ''}${texts}`, call, writer);
  });
}

/** An aggregate of what stands in its parentheses, with the FILTER and the OVER of the call. */
function aggregate(name: string, inner: string, call: Call, writer: SparkWriter, also?: string): string {
  if (call.ignoreNulls) writer.refuse(call.node, `IGNORE NULLS with ${call.name}`);
  return `${name}(${inner})${filterOf(call, writer, also)}${call.over}`;
}

function filterOf(call: Call, writer: SparkWriter, also?: string): string {
  const tests = [...(call.filter ? [writer.expression(call.filter)] : []), ...(also === undefined ? [] : [also])];
  return tests.length > 0 ? ` FILTER (WHERE ${tests.join(' AND ')})` : '';
}

function writeCount(call: Call, writer: SparkWriter): string {
  const [first, ...more] = call.args;
  if (!first) return writer.reject(call.node, 'count: expected * or an expression');
  if (first.kind === 'star') {
    if (Object.values(first.fields).some((value) => value !== null && !(Array.isArray(value) && value.length === 0)))
      return writer.refuse(call.node, 'count of all columns of a table');
    return aggregate('count', '*', call, writer);
  }
  if (more.length === 0) return of('count')(call, writer);
  const texts = call.args.map((arg) => writer.expression(arg));
  const present = texts.map((text) => `${text} IS NOT NULL`).join(' AND ');
  const value = call.distinct ? `row(${texts.join(', ')})` : '1';
  return aggregate('count', `${call.distinct ? 'DISTINCT ' : ''}CASE WHEN ${present} THEN ${value} END`, call, writer);
}

/** The mean of decimals has four digits more than they have. */
function writeMean(call: Call, writer: SparkWriter): string {
  const text = argument(call, 0, writer);
  const mean = of('avg')(call, writer);
  return `"spark:mean"(${mean}, typeof(${call.over ? text : `any_value(${text})`}))`;
}

function writeFirst(name: 'first' | 'last'): CallWriter {
  return (call, writer) => {
    const flag = call.args[1];
    if (flag && flag.kind !== 'boolean')
      return writer.refuse(call.node, `${call.name} with a second argument that is not a literal`);
    const skips = call.ignoreNulls || flag?.fields['value'] === true;
    const text = argument(call, 0, writer);
    if (call.over) return `${name}_value(${text}${skips ? ' IGNORE NULLS' : ''})${filterOf(call, writer)}${call.over}`;
    return `${name}(${text})${filterOf(call, writer, skips ? `${text} IS NOT NULL` : undefined)}`;
  };
}

function writeCollect(call: Call, writer: SparkWriter): string {
  const text = argument(call, 0, writer);
  const list = aggregate('list', `${call.distinct ? 'DISTINCT ' : ''}${text}`, call, writer, `${text} IS NOT NULL`);
  return `coalesce(${list}, [])`;
}

function writeListagg(call: Call, writer: SparkWriter): string {
  const separator = call.args[1] ? stringLiteralOf(call.args[1], writer) : '';
  if (separator === null) return writer.refuse(call.node, `${call.name} with a separator that is not a literal`);
  const order = call.withinGroup.map((term) => writeOrder(term, writer)).join(', ');
  const between = call.args[1] ? writer.expression(call.args[1]) : "''";
  const inner = `${call.distinct ? 'DISTINCT ' : ''}${argument(call, 0, writer)}, ${between}${order ? ` ORDER BY ${order}` : ''}`;
  return aggregate('string_agg', inner, call, writer);
}

function writePercentileApprox(call: Call, writer: SparkWriter): string {
  return aggregate('quantile_disc', `${argument(call, 0, writer)}, ${argument(call, 1, writer)}`, call, writer);
}

/** `percentile(x, p)`, or `percentile(p) WITHIN GROUP (ORDER BY x)`. */
function writePercentile(name: string): CallWriter {
  return (call, writer) => {
    const [term] = call.withinGroup as readonly Fields[];
    if (term?.['desc'] === true) return writer.refuse(call.node, `${call.name} in descending order`);
    if (!term && call.args.length < 2)
      return writer.reject(call.node, `${call.name}: expected WITHIN GROUP (ORDER BY ...)`);
    const value = term ? writer.expression(nodeOf(term['this'])) : argument(call, 0, writer);
    const part = argument(call, term ? 0 : 1, writer);
    const numbers = name === 'quantile_cont' ? `CAST(${value} AS DOUBLE)` : value;
    return aggregate(name, `${numbers}, ${part}`, call, writer);
  };
}
