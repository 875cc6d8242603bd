import { argument, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { duckdbName } from '../string-literals.ts';
import { nodeOf } from '../syntax-node.ts';
import type { SparkWriter } from '../writer.ts';

/** Functions that take a lambda. */
export const lambdaCalls: Readonly<Record<string, CallWriter>> = {
  aggregate: withArity(3, 4, writeReduce),
  exists: withArity(2, 2, (call, writer) => `"spark:any_true"(${ofEach('list_transform', call, writer)})`),
  filter: withArity(2, 2, (call, writer) => ofEach('list_filter', call, writer)),
  forall: withArity(2, 2, (call, writer) => `"spark:all_true"(${ofEach('list_transform', call, writer)})`),
  map_filter: withArity(2, 2, (call, writer) => {
    const { pair, body } = ofPair(call, 1, ['key', 'value'], writer);
    return `map_from_entries(list_filter(map_entries(${argument(call, 0, writer)}), lambda ${pair}: ${body}))`;
  }),
  reduce: withArity(3, 4, writeReduce),
  transform: withArity(2, 2, (call, writer) => ofEach('list_transform', call, writer)),
  transform_keys: withArity(2, 2, (call, writer) => {
    const { pair, body } = ofPair(call, 1, ['key', 'value'], writer);
    return `map_from_entries(list_transform(map_entries(${argument(call, 0, writer)}), lambda ${pair}: struct_pack(key := ${body}, value := ${pair}.value)))`;
  }),
  transform_values: withArity(2, 2, (call, writer) => {
    const { pair, body } = ofPair(call, 1, ['key', 'value'], writer);
    return `map_from_entries(list_transform(map_entries(${argument(call, 0, writer)}), lambda ${pair}: struct_pack(key := ${pair}.key, value := ${body})))`;
  }),
  zip_with: withArity(3, 3, (call, writer) => {
    const { pair, body } = ofPair(call, 2, ['1', '2'], writer);
    const [first, second] = [argument(call, 0, writer), argument(call, 1, writer)];
    return `CASE WHEN ${first} IS NOT NULL AND ${second} IS NOT NULL THEN list_transform(list_zip(${first}, ${second}), lambda ${pair}: ${body}) END`;
  }),
};

interface Lambda {
  readonly parameters: readonly string[];
  /** The text of the body, with other texts for some of the parameters. */
  body(texts?: Readonly<Record<string, string>>): string;
}

function lambdaAt(call: Call, index: number, counts: readonly number[], writer: SparkWriter): Lambda {
  const node = call.args[index]!;
  if (node.kind !== 'lambda') return writer.refuse(call.node, `${call.name} without a lambda`);
  const { parameters, body } = writer.fields(node, ['parameters', 'body']);
  const names = (parameters as readonly unknown[]).map((parameter) => writer.name(parameter));
  if (!counts.includes(names.length))
    return writer.reject(
      call.node,
      `${call.name}: expected a lambda of ${counts.join(' or ')} arguments, came ${names.length}`,
    );
  return {
    parameters: names,
    body(texts = {}) {
      const variables = new Map(writer.variables);
      for (const name of names) variables.set(name.toLowerCase(), texts[name] ?? duckdbName(name));
      return writer.with({ variables, decimals: 'exact' }).expression(nodeOf(body));
    },
  };
}

/** A function of each element, and, where the lambda has a second argument, of its place, which
 * Spark counts from 0.
 */
function ofEach(name: string, call: Call, writer: SparkWriter): string {
  const { parameters, body } = lambdaAt(call, 1, [1, 2], writer);
  const [, place] = parameters;
  const text = body(place === undefined ? {} : { [place]: `(${duckdbName(place)} - 1)` });
  return `${name}(${argument(call, 0, writer)}, lambda ${parameters.map(duckdbName).join(', ')}: ${text})`;
}

/** A lambda of two arguments that are fields of one for DuckDB. */
function ofPair(
  call: Call,
  index: number,
  fields: readonly [string, string],
  writer: SparkWriter,
): { readonly pair: string; readonly body: string } {
  const { parameters, body } = lambdaAt(call, index, [2], writer);
  const pair = duckdbName(`spark:pair${writer.variables.size}`);
  const texts = parameters.map((_, place) =>
    /^\d$/.test(fields[place]!) ? `${pair}[${fields[place]}]` : `${pair}.${fields[place]}`,
  );
  return { pair, body: body({ [parameters[0]!]: texts[0]!, [parameters[1]!]: texts[1]! }) };
}

/** DuckDB's list_reduce makes one type of what is gathered and of the elements, so both are fields
 * of a struct, each with its own.
 */
function writeReduce(call: Call, writer: SparkWriter): string {
  const merge = lambdaAt(call, 2, [2], writer);
  const [list, start] = [argument(call, 0, writer), argument(call, 1, writer)];
  const [gathered, item] = merge.parameters as readonly [string, string];
  const [before, next] = [writer.variables.size, writer.variables.size + 1].map((depth) =>
    duckdbName(`spark:pair${depth}`),
  );
  const items = `list_transform(${list}, lambda ${next}: struct_pack(gathered := CASE WHEN FALSE THEN ${start} END, item := ${next}))`;
  const body = merge.body({ [gathered]: `${before}.gathered`, [item]: `${next}.item` });
  const steps = `struct_pack(gathered := ${body}, item := ${next}.item)`;
  const first = `struct_pack(gathered := ${start}, item := CASE WHEN FALSE THEN (${list})[1] END)`;
  const result = `(list_reduce(${items}, lambda ${before}, ${next}: ${steps}, ${first})).gathered`;
  if (!call.args[3]) return result;
  const finish = lambdaAt(call, 3, [1], writer);
  return `(list_transform([${result}], lambda ${duckdbName(finish.parameters[0]!)}: ${finish.body()}))[1]`;
}
