import { argument } from './call.ts';
import type { Call } from './call.ts';
import { readCall } from './calls.ts';
import { isGenerator } from './generator-names.ts';
import { integerLiteralOf } from './literals.ts';
import { callName, isMap } from './static-types.ts';
import { duckdbName } from './string-literals.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** What stands in a list of columns for a function that gives rows. */
export interface Generated {
  /** A call of `unnest`: one column, or, for a list of structs, one for each field. */
  readonly text: string;
  /** Names of its columns; null where they are those of structs that are not known. */
  readonly names: readonly string[] | null;
}

/** True for `explode(x)` and its kin. */
export function isGeneratorCall(node: SyntaxNode, writer: SparkWriter): boolean {
  return isGenerator(callName(node, writer) ?? '');
}

/** A generator with the names that it is given; none for its own.
 * @param isOuter whether a list without rows gives one of NULL. */
export function writeGenerator(
  node: SyntaxNode,
  names: readonly string[],
  isOuter: boolean,
  writer: SparkWriter,
): Generated {
  const call = readCall(node, '', writer);
  const name = call.name.toLowerCase();
  const outer = isOuter || name.endsWith('_outer');
  if (name === 'stack') return writeStack(call, names, writer);
  const only = call.args[0];
  if (!only || call.args.length > 1)
    return writer.reject(node, `${call.name}: expected 1 argument, came ${call.args.length}`);
  const text = argument(call, 0, writer);
  const pad = (list: string): string => (outer ? `"spark:outer"(${list})` : list);
  if (name.startsWith('inline')) return { text: `unnest(${pad(text)}, max_depth := 2)`, names: null };
  const hasPlaces = name.startsWith('posexplode');
  const ofMap = isMap(only, writer) || names.length === (hasPlaces ? 3 : 2);
  const own = [...(hasPlaces ? ['pos'] : []), ...(ofMap ? ['key', 'value'] : ['col'])];
  if (names.length > 0 && names.length !== own.length)
    return writer.reject(node, `${call.name}: expected ${own.length} names of columns, came ${names.length}`);
  const columns = names.length > 0 ? names : own;
  if (!hasPlaces && !ofMap) return { text: `unnest(${pad(text)})`, names: columns };
  const values = ofMap ? ['"spark:e".key', '"spark:e".value'] : ['"spark:e"'];
  const fields = [...(hasPlaces ? ['CAST("spark:i" - 1 AS INTEGER)'] : []), ...values].map(
    (value, index) => `${duckdbName(columns[index]!)} := ${value}`,
  );
  const list = `list_transform(${ofMap ? `map_entries(${text})` : text}, lambda "spark:e", "spark:i": struct_pack(${fields.join(', ')}))`;
  return { text: `unnest(${pad(list)}, max_depth := 2)`, names: columns };
}

function writeStack(call: Call, names: readonly string[], writer: SparkWriter): Generated {
  const count = integerLiteralOf(call.args[0]);
  if (count === null || count < 1 || call.args.length < 2)
    return writer.reject(call.node, 'stack: expected a number of rows, then values');
  const values = call.args.slice(1).map((arg) => writer.expression(arg));
  const width = Math.ceil(values.length / count);
  const columns = names.length > 0 ? names : Array.from({ length: width }, (_, index) => `col${index}`);
  if (columns.length !== width)
    return writer.reject(call.node, `stack: expected ${width} names of columns, came ${columns.length}`);
  const rows = Array.from({ length: count }, (_, row) => {
    const fields = columns.map((name, column) => `${duckdbName(name)} := ${values[row * width + column] ?? 'NULL'}`);
    return `struct_pack(${fields.join(', ')})`;
  });
  return { text: `unnest([${rows.join(', ')}], max_depth := 2)`, names: columns };
}
