import { writeBesideFloats, writeOperand } from '../arithmetic.ts';
import { argument, scalar, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { stringLiteralOf } from '../literals.ts';
import { duckdbName } from '../string-literals.ts';
import { nodeOf } from '../syntax-node.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SparkWriter } from '../writer.ts';

/** Functions that choose among values, and those that make structs. */
export const conditionCalls: Readonly<Record<string, CallWriter>> = {
  coalesce: ofOneType(1, 'coalesce'),
  equal_null: scalar(2, '($1 IS NOT DISTINCT FROM $2)'),
  greatest: ofOneType(2, 'greatest'),
  if: withArity(3, 3, writeIf),
  iff: withArity(3, 3, writeIf),
  ifnull: ofOneType(2, 'coalesce'),
  isnotnull: scalar(1, '($1 IS NOT NULL)'),
  isnull: scalar(1, '($1 IS NULL)'),
  least: ofOneType(2, 'least'),
  named_struct: writeNamedStruct,
  nullif: ofOneType(2, 'nullif'),
  nullifzero: scalar(1, 'nullif($1, 0)'),
  nvl: ofOneType(2, 'coalesce'),
  nvl2: withArity(3, 3, (call, writer) =>
    chosen(
      call.args.slice(1),
      ([yes, no]) => `CASE WHEN ${argument(call, 0, writer)} IS NOT NULL THEN ${yes} ELSE ${no} END`,
      writer,
    ),
  ),
  struct: withArity(1, Infinity, writeStruct),
  zeroifnull: scalar(1, 'coalesce($1, 0)'),
};

/** A call among whose arguments numbers are brought to one type. */
export function ofOneType(low: number, name: string): CallWriter {
  return withArity(low, Infinity, ({ args }, writer) =>
    chosen(args, (texts) => `${name}(${texts.join(', ')})`, writer),
  );
}

/** A text of values that are brought to one type. */
export function chosen(
  args: readonly SyntaxNode[],
  write: (texts: readonly string[]) => string,
  writer: SparkWriter,
): string {
  return writeBesideFloats(
    args,
    (mode) => write(args.map((arg) => writeOperand(arg, writer.with({ decimals: mode })))),
    writer,
  );
}

function writeIf(call: Call, writer: SparkWriter): string {
  return chosen(
    call.args.slice(1),
    ([yes, no]) => `CASE WHEN ${argument(call, 0, writer)} THEN ${yes} ELSE ${no} END`,
    writer,
  );
}

function writeNamedStruct(call: Call, writer: SparkWriter): string {
  const { args } = call;
  if (args.length === 0 || args.length % 2 === 1)
    return writer.reject(call.node, `named_struct: expected names and values in pairs, came ${args.length} arguments`);
  const fields = args.flatMap((arg, index) => {
    if (index % 2 === 1) return [];
    const name = stringLiteralOf(arg, writer);
    if (name === null) return writer.refuse(call.node, 'named_struct with a name that is not a literal');
    return [`${duckdbName(name)} := ${writer.expression(args[index + 1]!)}`];
  });
  return `struct_pack(${fields.join(', ')})`;
}

function writeStruct(call: Call, writer: SparkWriter): string {
  const fields = call.args.map((arg, index) => {
    if (arg.kind !== 'alias')
      return `${duckdbName(fieldName(arg, `col${index + 1}`, writer))} := ${writer.expression(arg)}`;
    const { this: value, alias } = writer.fields(arg, ['this', 'alias']);
    return `${duckdbName(writer.name(alias))} := ${writer.expression(nodeOf(value))}`;
  });
  return `struct_pack(${fields.join(', ')})`;
}

/** The name that a column or a field has by itself. */
export function fieldName(node: SyntaxNode, otherwise: string, writer: SparkWriter): string {
  if (node.kind === 'column') return writer.name(node.fields['name']);
  return node.kind === 'dot' ? writer.name(node.fields['field']) : otherwise;
}
