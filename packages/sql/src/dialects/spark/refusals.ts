import type { QualmError } from '@qualm/types';
import type { TranslatedText } from './places.ts';
import { queryError } from './writer.ts';

/** What DuckDB says of a statement that was Spark's. */
export interface TranslatedProblem {
  readonly type: string;
  readonly reason: string;
  /** The place in DuckDB's text, in UTF-16 units; null where it is not known. */
  readonly unit: number | null;
  readonly cause: unknown;
}

/** What to do, by what DuckDB says. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/Cannot extract field/i, 'for a field of an array of structs write transform(boxes, b -> b.score)'],
  [/must appear in the GROUP BY/i, 'where an alias has the name of a column, give it another'],
  [/^Out of Range/, 'leave out NaN, infinite, and too large numbers with WHERE, or cast the numbers to DOUBLE'],
];

/** An error of DuckDB in Spark's text: with the place of what it names, each of them where it may
 * be one of some, or that of the statement where DuckDB names nothing.
 * @param text the statement, at its place in the script. */
export function sparkRefusal(problem: TranslatedProblem, text: string, translated: TranslatedText): QualmError {
  const [, macro, own] = /^(?:[\w ]+: )?spark:(\w+): ([\s\S]*)/.exec(problem.reason) ?? [];
  const reason = (own ?? problem.reason)
    .split('\n')[0]!
    .trim()
    .replace(/[.!]+$/, '');
  const places = macro === undefined ? placesOfReason(problem, translated) : placesOf(`"spark:${macro}"(`, translated);
  const written = places.length > 0 ? wordAt(text, places[0]!) : '';
  const named = reason.replaceAll(/"?spark:\w+"?/g, written || 'the function');
  const isNamed = written === '' || own !== undefined || named.toLowerCase().includes(written.toLowerCase());
  const whole = isNamed ? named : `${written}: ${named}`;
  const where = [places, placesOfWords(reason, text), [Math.max(text.search(/\S/), 0)]].find(
    ({ length }) => length > 0,
  )!;
  return queryError('query-invalid', text, where, own === undefined ? `${whole}; ${adviceFor(problem)}` : whole, {
    cause: problem.cause,
  });
}

function adviceFor({ type, reason }: TranslatedProblem): string {
  const known = advice.find(([pattern]) => pattern.test(`${type}: ${reason}`));
  return known?.[1] ?? 'see docs/sql-spark.md, or use the dialect duckdb';
}

/** Where DuckDB says, if it names what stands there; else wherever stands what it names. */
function placesOfReason({ reason, unit }: TranslatedProblem, translated: TranslatedText): readonly number[] {
  const [, name, sign] = unit === null ? [] : (/^(?:"?([\w:]+)|([^\s\w"(]+))/.exec(translated.text.slice(unit)) ?? []);
  const isNamed = name === undefined ? sign !== undefined && reason.includes(`'${sign}(`) : includesWord(reason, name);
  const place = isNamed ? translated.placeOf(unit!) : null;
  if (place !== null) return [place];
  const said = reason.split('Did you mean')[0]!;
  const quoted = Array.from(said.matchAll(/["'](\w+)["']/g), ([, word]) => `"${word}"`);
  const called = Array.from(said.matchAll(/\w+/g), ([word]) => `${word}(`);
  const [, field, base] = /^Cannot extract field '(\w+)' from expression "(\w+)"/.exec(said) ?? [];
  const fields = field === undefined ? [] : [`"${base}"."${field}"`];
  return (
    [...fields, ...quoted, ...called].map((piece) => placesOf(piece, translated)).find(({ length }) => length > 0) ?? []
  );
}

function includesWord(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}

/** Places in Spark's text of what became a piece of DuckDB's. */
function placesOf(piece: string, { text, placeOf }: TranslatedText): readonly number[] {
  const [all, wanted] = [text.toLowerCase(), piece.toLowerCase()];
  const places = new Set<number>();
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
    const place = /\w/.test(all[at - 1] ?? '') ? null : placeOf(at);
    if (place !== null) places.add(place);
  }
  return [...places].sort((a, b) => a - b);
}

/** Places of a name, a function, or a clause of which a reason speaks; none for one that stands at
 * many.
 */
function placesOfWords(reason: string, text: string): readonly number[] {
  for (const [word] of reason.matchAll(/(?<=name )\w+|(?<=')\w+(?=\()|\b[A-Z]{4,}\b/g)) {
    const places = Array.from(
      text.matchAll(new RegExp(`(?<![\\w.])${word}(?!\\w)`, 'giu')),
      ({ index }) => Array.from(text.slice(0, index)).length,
    );
    if (places.length > 0 && places.length <= 3) return places;
  }
  return [];
}

/** The name that stands at a place in Spark's text; empty for none. */
function wordAt(text: string, place: number): string {
  const rest = Array.from(text).slice(place).join('');
  return /^[\p{L}_][\p{L}\d_]*/u.exec(rest)?.[0] ?? '';
}
