import { readSparkString } from './string-literals.ts';
import { isCallName, isSpecialCall } from './call-names.ts';
import type { SparkToken } from './polyglot.ts';

/** A statement in which strings and names of calls are replaced by marks, so that the parser
 * keeps both as they are written: it reads strings by other rules than Spark, and gives
 * functions that it knows shapes and names of its own. */
export interface MarkedText {
  readonly text: string;
  /** What a mark stands for; null for an invalid text. */
  stringOf(mark: string): string | null;
  callOf(mark: string): MarkedCall | null;
  /** Which of the parameters `?`, from 1: a writer may need one twice. */
  parameterOf(mark: string): number | null;
  /** The place in the text before of what a mark stands for, or of a number that the text has once;
   * null for others.
   */
  ownPlaceOf(mark: string): number | null;
  /** The place in the text before, in characters, of one in the marked text. */
  placeOf(place: number): number;
}

export interface MarkedCall {
  /** As it is written. */
  readonly name: string;
  readonly place: number;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param text one statement, with its tokens. */
export function markText(text: string, tokens: readonly SparkToken[]): MarkedText {
  const prefix = unusedPrefix(text);
  const strings: { readonly value: string; readonly place: number }[] = [];
  const numbers = new Map<string, number | null>();
  const calls: MarkedCall[] = [];
  const parameters: number[] = [];
  const edits: Edit[] = [];
  tokens.forEach((token, index) => {
    const { type, start, end } = token;
    if (type === 'STRING' || type === 'RAW_STRING') {
      strings.push({ value: readSparkString(token.text), place: start });
      edits.push({ start, end, text: `'${prefix}${strings.length - 1}s'` });
    } else if (isCallName(tokens, index) && !isSpecialCall(tokens, index)) {
      calls.push({ name: token.text, place: start });
      edits.push({ start, end, text: `${prefix}${calls.length - 1}c` });
    } else if (type === 'PARAMETER' && token.text === '?') {
      parameters.push(parameters.length + 1);
      const mark = `:${prefix}${parameters.length - 1}p`;
      // Behind a bracket a colon would begin a slice.
      edits.push({ start, end, text: tokens[index - 1]?.text === '[' ? `(${mark})` : mark });
    } else if (type === 'EXCLAMATION') edits.push({ start, end, text: ' not ' });
    else if (type === 'NUMBER') {
      numbers.set(token.text, numbers.has(token.text) ? null : start);
      if (/bd$/i.test(token.text)) edits.push({ start: end - 2, end, text: '' });
    }
  });
  const read = <T>(mark: string, kind: string, values: readonly T[]): T | null =>
    mark.startsWith(prefix) && mark.endsWith(kind) ? (values[Number(mark.slice(prefix.length, -1))] ?? null) : null;
  return {
    text: applyEdits(text, edits),
    stringOf: (mark) => read(mark, 's', strings)?.value ?? null,
    callOf: (mark) => read(mark, 'c', calls),
    parameterOf: (mark) => read(mark, 'p', parameters),
    ownPlaceOf: (mark) => (read(mark, 'c', calls) ?? read(mark, 's', strings))?.place ?? numbers.get(mark) ?? null,
    placeOf: (place) => placeBefore(place, edits),
  };
}

function unusedPrefix(text: string): string {
  let prefix = 'mark';
  while (text.toLowerCase().includes(prefix)) prefix += '_';
  return prefix;
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const characters = Array.from(text);
  let result = '';
  let place = 0;
  for (const edit of edits) {
    result += characters.slice(place, edit.start).join('') + edit.text;
    place = edit.end;
  }
  return result + characters.slice(place).join('');
}

function placeBefore(place: number, edits: readonly Edit[]): number {
  let moved = 0;
  for (const { start, end, text } of edits) {
    if (start + moved >= place) break;
    moved += text.length - (end - start);
  }
  return place - moved;
}
