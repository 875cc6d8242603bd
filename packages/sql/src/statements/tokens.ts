import type { TokenizeResult } from '@polyglot-sql/sdk';
import type { SqlDialect } from '../sql-session.ts';
import { invalidQuery } from './invalid-query.ts';

/** A token, and where it stands in the text in UTF-16 units. */
export interface Token {
  /** As it is written, with its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Tells tokens of a text from its strings and comments. */
export type Tokenizer = (text: string) => readonly Token[];

/** A tokenizer for a dialect; some 150 ms the first time. */
export async function loadTokenizer(dialect: SqlDialect): Promise<Tokenizer> {
  const { Dialect, tokenize } = await import('@polyglot-sql/sdk');
  const language = dialect === 'spark' ? Dialect.Spark : Dialect.DuckDB;
  return (text) => tokensOf(text, tokenize(text, language));
}

function tokensOf(text: string, { success, tokens = [], error, errorStart }: TokenizeResult): readonly Token[] {
  const place = unitsOf(text);
  if (!success) {
    const reason = (error ?? 'no tokens').replace(/^Tokenization error at line \d+, column \d+: /, '');
    throw invalidQuery(text, place(errorStart ?? 0), `the text cannot be read: ${reason}`);
  }
  return tokens.map(({ span }) => {
    const start = place(span.start);
    const end = place(span.end);
    return { text: text.slice(start, end), start, end };
  });
}

/** From a place in characters to one in UTF-16 units. */
function unitsOf(text: string): (place: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (place) => place;
  const starts: number[] = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  return (place) => starts[place] ?? text.length;
}

/** Whether a token is this word, in any case and without quotes. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token !== undefined && words.includes(token.text.toUpperCase());
}

/** The name or text that a token holds, without its quotes; null for what is not a name. */
export function nameOf(token: Token | undefined): string | null {
  if (!token) return null;
  const quote = token.text[0]!;
  if ('"`\''.includes(quote)) return token.text.slice(1, -1).replaceAll(quote + quote, quote);
  return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(token.text) ? token.text : null;
}
