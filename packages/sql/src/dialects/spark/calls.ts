import { aggregateCalls } from './functions/aggregates.ts';
import { arrayCalls } from './functions/arrays.ts';
import { conditionCalls } from './functions/conditions.ts';
import { dateCalls } from './functions/dates.ts';
import { formatCalls } from './functions/formats.ts';
import { lambdaCalls } from './functions/lambdas.ts';
import { mapCalls } from './functions/maps.ts';
import { numberCalls } from './functions/numbers.ts';
import { patternCalls } from './functions/patterns.ts';
import { stringCalls } from './functions/strings.ts';
import { windowCalls } from './functions/windows.ts';
import type { Call, CallWriter } from './call.ts';
import { duckdbName } from './string-literals.ts';
import { isGenerator } from './generator-names.ts';
import { nodeOf, nodesOf, optionalNode } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

const known: Readonly<Record<string, CallWriter>> = {
  ...aggregateCalls,
  ...arrayCalls,
  ...conditionCalls,
  ...dateCalls,
  ...formatCalls,
  ...lambdaCalls,
  ...mapCalls,
  ...numberCalls,
  ...patternCalls,
  ...stringCalls,
  ...windowCalls,
};

/** DuckDB's text of a call, not of a window. */
export function writeCall(node: SyntaxNode, writer: SparkWriter): string {
  return writeCallOver(node, '', writer);
}

/** DuckDB's text of a call over a window, of which the text is ` OVER (...)`. */
export function writeCallOver(node: SyntaxNode, over: string, writer: SparkWriter): string {
  const call = readCall(node, over, writer);
  const name = call.name.toLowerCase();
  if (name === 'ml_predict') return writePredict(call, writer);
  if (isGenerator(name))
    return writer.refuse(node, `${call.name} within an expression, in place of a column of its own,`);
  if (writer.functions.has(name)) return writeUserCall(call, writer);
  const write = Object.hasOwn(known, name) ? known[name] : undefined;
  return write ? write(call, writer) : writer.refuse(node, `the function ${call.name}`);
}

/** The parts of a call. */
export function readCall(node: SyntaxNode, over: string, writer: SparkWriter): Call {
  if (node.kind === 'within_group') {
    const { this: inner, order_by: order } = writer.fields(node, ['this', 'order_by']);
    return { ...readCall(nodeOf(inner), over, writer), withinGroup: order as readonly unknown[] };
  }
  const fields = writer.fields(node, ['name', 'args', 'distinct', 'ignore_nulls', 'filter', 'is_constructor']);
  return {
    node,
    name: writer.name(fields['name']),
    args: nodesOf(fields['args']),
    distinct: fields['distinct'] === true,
    ignoreNulls: fields['ignore_nulls'] === true,
    filter: optionalNode(fields['filter']),
    withinGroup: [],
    over,
  };
}

/** A call of a model stays as it is: the name of the model is not a column. */
function writePredict(call: Call, writer: SparkWriter): string {
  const [model, ...args] = call.args;
  if (model?.kind !== 'column' || model.fields['table'])
    return writer.reject(call.node, 'ML_PREDICT: expected the name of a model, then an image');
  const { name, quoted } = model.fields['name'] as { readonly name: string; readonly quoted: boolean };
  const texts = args.map((arg) => {
    if (arg.kind !== 'named_argument') return writer.expression(arg);
    const { name: option, value } = writer.fields(arg, ['name', 'value', 'separator']);
    return `${writer.name(option)} := ${writer.expression(nodeOf(value))}`;
  });
  return `ML_PREDICT(${[quoted ? duckdbName(name) : writer.name(name), ...texts].join(', ')})`;
}

function writeUserCall(call: Call, writer: SparkWriter): string {
  if (call.distinct || call.ignoreNulls || call.filter || call.withinGroup.length > 0 || call.over)
    return writer.reject(call.node, `${call.name} is not an aggregate: it takes no DISTINCT, FILTER, or OVER`);
  const texts = call.args.map((arg) => {
    if (arg.kind !== 'named_argument') return writer.expression(arg);
    const { name, value } = writer.fields(arg, ['name', 'value', 'separator']);
    return `${duckdbName(writer.name(name))} := ${writer.expression(nodeOf(value))}`;
  });
  return `${duckdbName(call.name)}(${texts.join(', ')})`;
}
