import { rowFormWords } from '../engine/row-form.ts';
import type { RowForm } from '../engine/row-form.ts';
import { invalidQuery } from './invalid-query.ts';
import { isWord, nameOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A text and, for each of its edits, where it was made. */
export interface Rewritten {
  readonly text: string;
  /** The place in the text before, for a place in the text after. */
  readonly placeBefore: (place: number) => number;
}

/** What stands in for a piece of a text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The function of DuckDB that predicts with models of a form. */
export function predictFunctionName(form: RowForm): string {
  return `ml_predict:${rowFormWords(form)}`;
}

/** `ML_PREDICT(model, image)` as a call of DuckDB's function for the form of that model, wherever
 * it stands; and `limit := 5` as an argument, which DuckDB reads only in quotes.
 * @param formOf the form of a model by its name, null for no such model.
 * @throws QualmError `query-invalid` with the place of a call that is wrong. */
export function rewritePredict(
  text: string,
  tokens: readonly Token[],
  formOf: (name: string) => RowForm | null,
  known: () => readonly string[],
): Rewritten {
  const edits: Edit[] = [];
  tokens.forEach((token, index) => {
    if (isWord(token, 'LIMIT') && isWord(tokens[index + 1], ':=', '=>', '='))
      edits.push({ start: token.start, end: token.end, text: '"limit"' });
    if (!isWord(token, 'ML_PREDICT') || !isWord(tokens[index + 1], '(')) return;
    const name = nameOf(tokens[index + 2]);
    const at = tokens[index + 2] ?? token;
    if (name === null) throw invalidQuery(text, at.start, `ML_PREDICT: expected the name of a model, came ${at.text}`);
    const form = formOf(name);
    if (form === null) throw invalidQuery(text, at.start, unknownModel(name, known()));
    const call = argumentsOf(text, tokens, index + 1);
    if (call.length < 2)
      throw invalidQuery(text, token.start, `ML_PREDICT: expected (${name}, image), an image is missing`);
    edits.push(
      { start: token.start, end: token.end, text: `"${predictFunctionName(form)}"` },
      { start: at.start, end: at.end, text: `'${name.replaceAll("'", "''")}'` },
      ...optionEdits(text, tokens, call),
    );
  });
  return applyEdits(text, edits);
}

/** Says which models there are. */
export function unknownModel(name: string, known: readonly string[]): string {
  const there = known.length === 0 ? 'none; CREATE MODEL makes one' : known.join(', ');
  return `there is no model "${name}"; the models are: ${there}`;
}

/** From and to of each argument, in tokens. */
function argumentsOf(text: string, tokens: readonly Token[], open: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  let depth = 0;
  let from = open + 1;
  for (let index = open; index < tokens.length; index++) {
    if (isWord(tokens[index], '(', '[', '{')) depth++;
    if (isWord(tokens[index], ')', ']', '}')) depth--;
    if (depth === 0 || (depth === 1 && isWord(tokens[index], ','))) {
      ranges.push([from, index]);
      from = index + 1;
    }
    if (depth === 0) return ranges.filter(([first, last]) => last > first);
  }
  throw invalidQuery(text, tokens[open]!.start, 'ML_PREDICT: the ( is not closed');
}

/** Options by name, or a struct or map of them, travel as JSON. */
function optionEdits(
  text: string,
  tokens: readonly Token[],
  call: readonly (readonly [number, number])[],
): readonly Edit[] {
  const options = call.slice(2);
  const [first] = options;
  if (!first) return [];
  const start = tokens[first[0]]!.start;
  const end = tokens[options.at(-1)![1] - 1]!.end;
  if (!isWord(tokens[first[0] + 1], ':=', '=>', ':')) {
    if (options.length > 1)
      throw invalidQuery(text, start, 'ML_PREDICT: expected options by name, such as min_score := 0.5');
    return [{ start, end, text: `CAST(to_json(${text.slice(start, end)}) AS VARCHAR)` }];
  }
  const fields = options.map(([from, to]) => namedOption(text, tokens, from, to));
  return [{ start, end, text: `CAST(to_json({${fields.join(', ')}}) AS VARCHAR)` }];
}

function namedOption(text: string, tokens: readonly Token[], from: number, to: number): string {
  const name = nameOf(tokens[from]);
  const sign = isWord(tokens[from + 1], ':') && isWord(tokens[from + 2], '=') ? 2 : 1;
  const value = tokens[from + 1 + sign];
  if (name === null || !isWord(tokens[from + 1], ':=', '=>', ':') || !value || from + 1 + sign >= to)
    throw invalidQuery(text, tokens[from]!.start, 'ML_PREDICT: expected options by name, such as min_score := 0.5');
  return `'${name.replaceAll("'", "''")}': ${text.slice(value.start, tokens[to - 1]!.end)}`;
}

function applyEdits(text: string, edits: readonly Edit[]): Rewritten {
  const sorted = [...edits].sort((a, b) => a.start - b.start).filter((edit, index, all) => !isWithin(edit, all, index));
  let result = '';
  let from = 0;
  for (const edit of sorted) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return { text: result + text.slice(from), placeBefore: (place) => placeBefore(sorted, place) };
}

/** An edit inside one that came before it: a call among the options of another, which is not
 * allowed to be rewritten twice.
 */
function isWithin(edit: Edit, all: readonly Edit[], index: number): boolean {
  return all.slice(0, index).some((other) => edit.start < other.end);
}

function placeBefore(edits: readonly Edit[], place: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (place < start + shift) break;
    if (place < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return place - shift;
}
