import { argument, fill, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { integerLiteralOf, stringLiteralOf } from '../literals.ts';
import { duckdbString } from '../string-literals.ts';
import type { SparkWriter } from '../writer.ts';

/** Functions of text that take a regular expression. */
export const patternCalls: Readonly<Record<string, CallWriter>> = {
  regexp: withArity(2, 2, writeTest),
  regexp_count: withPattern(2, 2, 'len(regexp_extract_all($1, $2))'),
  regexp_extract: withPattern(2, 3, 'regexp_extract($1, $2, $3)', '1'),
  regexp_extract_all: withPattern(2, 3, 'regexp_extract_all($1, $2, $3)', '1'),
  regexp_like: withArity(2, 2, writeTest),
  regexp_replace: withArity(3, 3, writeReplace),
  rlike: withArity(2, 2, writeTest),
  split: withArity(2, 3, writeSplit),
};

/** Refuses what Java's patterns have and RE2's read as something else. */
function checkPattern(call: Call, index: number, writer: SparkWriter): void {
  const pattern = stringLiteralOf(call.args[index], writer);
  if (pattern !== null && /&&|\\[GhHvVRXZ1-9]|\\[pP]\{(?!\^?[A-Z][a-z]?\})|\(\?(=|!|<=|<!|>)|[*+?}]\+/.test(pattern))
    writer.refuse(call.node, `the pattern '${pattern}'`);
}

function withPattern(low: number, high: number, form: string, last?: string): CallWriter {
  return withArity(low, high, (call, writer) => {
    checkPattern(call, 1, writer);
    const texts = call.args.map((arg) => writer.expression(arg));
    return fill(form, last !== undefined && texts.length < high ? [...texts, last] : texts);
  });
}

/** `$` of Java is also before a line feed at the end. */
function writeTest(call: Call, writer: SparkWriter): string {
  checkPattern(call, 1, writer);
  const pattern = stringLiteralOf(call.args[1], writer);
  const text =
    pattern === null ? argument(call, 1, writer) : duckdbString(pattern.replace(/(?<!\\)\$$/, String.raw`\n?$$`));
  return `regexp_matches(${argument(call, 0, writer)}, ${text})`;
}

function writeSplit(call: Call, writer: SparkWriter): string {
  checkPattern(call, 1, writer);
  if (call.args[2] && (integerLiteralOf(call.args[2]) ?? 1) > 0) writer.refuse(call.node, 'split with a limit');
  if (stringLiteralOf(call.args[1], writer) === '') writer.refuse(call.node, 'split by an empty pattern');
  return `string_split_regex(${argument(call, 0, writer)}, ${argument(call, 1, writer)})`;
}

/** `$1` of Java is `\1` of RE2. */
function writeReplace(call: Call, writer: SparkWriter): string {
  checkPattern(call, 1, writer);
  const replacement = stringLiteralOf(call.args[2], writer);
  if (replacement === null) return writer.refuse(call.node, 'regexp_replace with a replacement that is not a literal');
  const rewritten = replacement.replaceAll(/\\(.)|\$(\d)/g, (_, escaped?: string, group?: string) =>
    group !== undefined ? `\\${group}` : escaped === '\\' ? '\\\\' : escaped!,
  );
  return `regexp_replace(${argument(call, 0, writer)}, ${argument(call, 1, writer)}, ${duckdbString(rewritten)}, 'g')`;
}
