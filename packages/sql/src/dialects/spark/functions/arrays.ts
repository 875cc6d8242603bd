import { argument, fill, scalar, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { decimalLiteralOf, integerLiteralOf } from '../literals.ts';
import { duckdbName } from '../string-literals.ts';
import { isDate, isMap } from '../static-types.ts';
import type { SparkWriter } from '../writer.ts';
import { chosen, fieldName } from './conditions.ts';

/** Functions of arrays. */
export const arrayCalls: Readonly<Record<string, CallWriter>> = {
  array: ({ args }, writer) => chosen(args, (texts) => `[${texts.join(', ')}]`, writer),
  array_append: scalar(2, 'CASE WHEN $1 IS NOT NULL THEN list_append($1, $2) END'),
  array_compact: scalar(1, 'list_filter($1, lambda "spark:e": "spark:e" IS NOT NULL)'),
  array_contains: search('"spark:array_contains"($1, $2)'),
  array_distinct: scalar(1, '"spark:array_distinct"($1)'),
  array_except: scalar(2, '"spark:array_except"($1, $2)'),
  array_intersect: scalar(2, '"spark:array_intersect"($1, $2)'),
  array_join: withArity(2, 3, writeJoin),
  array_max: scalar(1, 'list_max($1)'),
  array_min: scalar(1, 'list_min($1)'),
  array_position: search('CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN coalesce(list_position($1, $2), 0) END'),
  array_prepend: scalar(2, 'CASE WHEN $1 IS NOT NULL THEN list_prepend($2, $1) END'),
  array_remove: search(
    'CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda "spark:e": "spark:e" IS NULL OR "spark:e" <> $2) END',
  ),
  array_repeat: scalar(2, 'list_transform(range(CAST($2 AS BIGINT)), lambda "spark:e": $1)'),
  array_size: scalar(1, 'len($1)'),
  array_sort: scalar(1, "list_sort($1, 'ASC', 'NULLS LAST')"),
  array_union: scalar(
    2,
    '"spark:array_distinct"(CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN list_concat($1, $2) END)',
  ),
  arrays_overlap: scalar(2, '"spark:arrays_overlap"($1, $2)'),
  arrays_zip: withArity(1, Infinity, writeZip),
  cardinality: withArity(1, 1, writeSize),
  element_at: withArity(2, 2, writeElementAt),
  flatten: scalar(1, '"spark:flatten"($1)'),
  get: scalar(2, '"spark:item_at"($1, $2)'),
  sequence: withArity(2, 3, writeSequence),
  size: withArity(1, 1, writeSize),
  slice: scalar(3, '"spark:slice"($1, $2, $3)'),
  sort_array: withArity(1, 2, writeSort),
  try_element_at: withArity(2, 2, writeElementAt),
};

/** A number with a point would be sought as FLOAT among FLOATs. */
function search(form: string): CallWriter {
  return withArity(2, 2, (call, writer) => {
    if (decimalLiteralOf(call.args[1]!))
      writer.refuse(call.node, `${call.name} of a number with a decimal point: write it as 0.5D; as it stands it`);
    return fill(form, [argument(call, 0, writer), argument(call, 1, writer)]);
  });
}

function writeSize(call: Call, writer: SparkWriter): string {
  const text = argument(call, 0, writer);
  return `coalesce(${isMap(call.args[0]!, writer) ? 'cardinality' : 'len'}(${text}), -1)`;
}

function writeElementAt(call: Call, writer: SparkWriter): string {
  if (integerLiteralOf(call.args[1]) === 0 && !isMap(call.args[0]!, writer))
    return writer.reject(call.node, `${call.name}: places count from 1, came 0`);
  return `(${argument(call, 0, writer)})[${argument(call, 1, writer)}]`;
}

function writeJoin(call: Call, writer: SparkWriter): string {
  const [list, separator, missing] = call.args.map((arg) => writer.expression(arg));
  const texts = `list_transform(${list}, lambda "spark:e": "spark:string"("spark:e"))`;
  const whole =
    missing === undefined
      ? `list_filter(${texts}, lambda "spark:e": "spark:e" IS NOT NULL)`
      : `list_transform(${texts}, lambda "spark:e": coalesce("spark:e", ${missing}))`;
  return `array_to_string(${whole}, ${separator})`;
}

function writeSort(call: Call, writer: SparkWriter): string {
  const ascending = call.args[1];
  if (ascending && ascending.kind !== 'boolean')
    return writer.refuse(call.node, 'sort_array in an order that is not a literal');
  const isUp = !ascending || ascending.fields['value'] === true;
  return `list_sort(${argument(call, 0, writer)}, ${isUp ? "'ASC', 'NULLS FIRST'" : "'DESC', 'NULLS LAST'"})`;
}

function writeSequence(call: Call, writer: SparkWriter): string {
  const [from, to, step] = call.args;
  const texts = call.args.map((arg) => writer.expression(arg));
  if (step?.kind === 'interval') {
    if (!isDate(from!, writer) || !isDate(to!, writer))
      return writer.refuse(call.node, 'sequence of times by an INTERVAL, but for dates that are cast to DATE,');
    return `CAST(generate_series(CAST(${texts[0]} AS TIMESTAMP), CAST(${texts[1]} AS TIMESTAMP), ${texts[2]}) AS DATE[])`;
  }
  const by = texts[2] ?? `CASE WHEN ${texts[0]} <= ${texts[1]} THEN 1 ELSE -1 END`;
  return `generate_series(CAST(${texts[0]} AS BIGINT), CAST(${texts[1]} AS BIGINT), CAST(${by} AS BIGINT))`;
}

/** Structs whose fields have the names of the arrays, or their place. */
function writeZip(call: Call, writer: SparkWriter): string {
  const texts = call.args.map((arg) => writer.expression(arg));
  const names = call.args.map((arg, index) => duckdbName(fieldName(arg, String(index), writer)));
  const fields = names.map((name, index) => `${name} := "spark:e"[${index + 1}]`);
  const missing = texts.map((text) => `${text} IS NULL`).join(' OR ');
  return `CASE WHEN NOT (${missing}) THEN list_transform(list_zip(${texts.join(', ')}), lambda "spark:e": struct_pack(${fields.join(', ')})) END`;
}
