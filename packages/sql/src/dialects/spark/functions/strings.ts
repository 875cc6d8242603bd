import { argument, fill, scalar, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import { integerLiteralOf, stringLiteralOf } from '../literals.ts';
import { isArray } from '../static-types.ts';
import type { SparkWriter } from '../writer.ts';

/** Java's letters for the two that have more than one. */
const lower = "lower(replace($1, 'İ', 'i̇'))";
const upper = "upper(replace($1, 'ß', 'SS'))";

/** Functions of text. */
export const stringCalls: Readonly<Record<string, CallWriter>> = {
  ascii: scalar(1, 'ascii($1)'),
  base64: scalar(1, 'to_base64(encode($1))'),
  bit_length: scalar(1, 'bit_length($1)'),
  btrim: scalar(1, 'trim($*)', 2),
  char: scalar(1, '"spark:char"($1)'),
  char_length: scalar(1, 'length($1)'),
  character_length: scalar(1, 'length($1)'),
  chr: scalar(1, '"spark:char"($1)'),
  concat: withArity(1, Infinity, writeConcat),
  concat_ws: withArity(1, Infinity, writeConcatWithSeparator),
  contains: scalar(2, 'contains($1, $2)'),
  decode: inUtf8('decode($1)'),
  encode: inUtf8('encode($1)'),
  endswith: scalar(2, 'ends_with($1, $2)'),
  find_in_set: scalar(
    2,
    "CASE WHEN $1 IS NOT NULL THEN coalesce(list_position(string_split($2, ','), $1), nullif(0, CASE WHEN $2 IS NULL THEN 0 END)) END",
  ),
  hex: scalar(1, 'hex($1)'),
  initcap: scalar(1, '"spark:initcap"($1)'),
  instr: scalar(2, 'instr($1, $2)'),
  lcase: scalar(1, lower),
  left: scalar(2, 'left($1, CASE WHEN $2 < 0 THEN 0 ELSE $2 END)'),
  len: scalar(1, 'length($1)'),
  length: scalar(1, 'length($1)'),
  levenshtein: scalar(2, 'levenshtein($1, $2)'),
  locate: withArity(2, 3, writeLocate),
  lower: scalar(1, lower),
  lpad: withArity(2, 3, writePad('lpad')),
  ltrim: withArity(1, 2, writeTrim('ltrim')),
  md5: scalar(1, 'md5($1)'),
  octet_length: scalar(1, 'strlen($1)'),
  position: withArity(2, 3, writeLocate),
  repeat: scalar(2, 'repeat($1, CASE WHEN $2 < 0 THEN 0 ELSE $2 END)'),
  replace: withArity(
    2,
    3,
    (call, writer) =>
      `replace(${argument(call, 0, writer)}, ${argument(call, 1, writer)}, ${call.args[2] ? writer.expression(call.args[2]) : "''"})`,
  ),
  reverse: withArity(1, 1, (call, writer) =>
    fill(isArray(call.args[0]!, writer) ? 'list_reverse($1)' : 'reverse($1)', [argument(call, 0, writer)]),
  ),
  right: scalar(2, 'right($1, CASE WHEN $2 < 0 THEN 0 ELSE $2 END)'),
  rpad: withArity(2, 3, writePad('rpad')),
  rtrim: withArity(1, 2, writeTrim('rtrim')),
  sha: scalar(1, 'sha1($1)'),
  sha1: scalar(1, 'sha1($1)'),
  sha2: withArity(2, 2, writeSha2),
  space: scalar(1, "repeat(' ', CASE WHEN $1 < 0 THEN 0 ELSE $1 END)"),
  split_part: scalar(3, 'split_part($1, $2, $3)'),
  startswith: scalar(2, 'starts_with($1, $2)'),
  substr: withArity(2, 3, writeSubstring),
  substring: withArity(2, 3, writeSubstring),
  substring_index: scalar(3, '"spark:substring_index"($1, $2, $3)'),
  translate: scalar(3, 'translate($1, $2, $3)'),
  trim: scalar(1, 'trim($1)'),
  ucase: scalar(1, upper),
  unbase64: scalar(1, 'from_base64($1)'),
  unhex: scalar(1, 'unhex($1)'),
  upper: scalar(1, upper),
  uuid: scalar(0, 'CAST(uuid() AS VARCHAR)'),
};

/** NULL where one is NULL; for numbers with a point Spark and DuckDB write other texts. */
function writeConcat(call: Call, writer: SparkWriter): string {
  const texts = call.args.map((arg) => writer.expression(arg));
  const joined = texts.length === 1 ? texts[0]! : `(${texts.join(' || ')})`;
  const open = call.args.filter((arg) => stringLiteralOf(arg, writer) === null).map((arg) => writer.expression(arg));
  if (open.length === 0) return joined;
  const missing = open.map((text) => `${text} IS NULL`).join(' OR ');
  return `"spark:text_of"(CASE WHEN ${missing} THEN NULL ELSE ${joined} END, [${open.map((text) => `typeof(${text})`).join(', ')}])`;
}

function writeConcatWithSeparator(call: Call, writer: SparkWriter): string {
  const texts = call.args.map((arg) => writer.expression(arg));
  if (texts.length === 1) return `CASE WHEN ${texts[0]} IS NOT NULL THEN '' END`;
  const types = texts.map((text) => `typeof(${text})`).join(', ');
  return `"spark:text_of"("spark:no_list"(concat_ws(${texts.join(', ')}), [${types}]), [${types}])`;
}

function writeLocate(call: Call, writer: SparkWriter): string {
  const texts = call.args.map((arg) => writer.expression(arg));
  return texts.length === 2 ? `instr(${texts[1]}, ${texts[0]})` : `"spark:locate_from"(${texts.join(', ')})`;
}

function inUtf8(form: string): CallWriter {
  return withArity(2, 2, (call, writer) => {
    const charset = stringLiteralOf(call.args[1], writer)?.toLowerCase();
    if (charset !== 'utf-8' && charset !== 'utf8')
      writer.refuse(call.node, `${call.name} in another charset than 'utf-8'`);
    return fill(form, [argument(call, 0, writer)]);
  });
}

function writePad(name: string): CallWriter {
  return (call, writer) => {
    const [text, length] = [argument(call, 0, writer), argument(call, 1, writer)];
    const pad = call.args[2] ? writer.expression(call.args[2]) : "' '";
    return `${name}(${text}, CASE WHEN ${length} < 0 THEN 0 ELSE ${length} END, ${pad})`;
  };
}

/** With two arguments the characters come first. */
function writeTrim(name: string): CallWriter {
  return (call, writer) => {
    const texts = call.args.map((arg) => writer.expression(arg)).reverse();
    return `${name}(${texts.join(', ')})`;
  };
}

function writeSha2(call: Call, writer: SparkWriter): string {
  const bits = integerLiteralOf(call.args[1]);
  if (bits !== 0 && bits !== 256) writer.refuse(call.node, 'sha2 of another length than 256 bits');
  return `sha256(${argument(call, 0, writer)})`;
}

function writeSubstring(call: Call, writer: SparkWriter): string {
  const texts = call.args.map((arg) => writer.expression(arg));
  const [start, length] = [integerLiteralOf(call.args[1]), call.args[2] ? integerLiteralOf(call.args[2]) : 1];
  const isPlain = start !== null && start > 0 && length !== null && length >= 0;
  return isPlain
    ? `substring(${texts.join(', ')})`
    : `"spark:substring"(${[...texts, '2147483647'].slice(0, 3).join(', ')})`;
}
