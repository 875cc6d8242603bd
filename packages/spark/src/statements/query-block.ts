import { invalidQuery, isWord, nameOf } from '@qualm/sql/statements';
import type { Token } from '@qualm/sql/statements';

/** From the first character of a piece of a text to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a query reads from, and where its rows are named. */
export interface QueryBlock {
  /** The one table, view or subquery behind FROM, without its alias. */
  readonly source: Span;
  /** With its alias. */
  readonly item: Span;
  /** What its columns may be qualified with, as it is written; null for a subquery without. */
  readonly alias: string | null;
  /** Each `*` that stands for all columns. */
  readonly stars: readonly Star[];
}

/** Where the columns are written that a `*` leaves out. */
export interface Star {
  readonly place: number;
  /** Whether it is within the list of an EXCEPT that is there. */
  readonly isInList: boolean;
}

const ends = [
  ...['WHERE', 'GROUP', 'HAVING', 'ORDER', 'SORT', 'CLUSTER', 'DISTRIBUTE', 'LIMIT', 'OFFSET', 'LATERAL', 'WINDOW'],
  ...['QUALIFY', 'UNION', 'INTERSECT', 'EXCEPT', 'MINUS', ')', ';'],
];

/** The innermost query that a token stands in.
 * @throws QualmError `query-invalid`, with its place, for a query that reads from nothing, or from
 * more than one table.
 */
export function queryBlockOf(
  text: string,
  tokens: readonly Token[],
  depths: readonly number[],
  at: number,
): QueryBlock {
  const select = selectBefore(tokens, depths, at);
  const call = tokens[at]!;
  if (select === -1) throw invalidQuery(text, call.start, 'ML_PREDICT: expected within a SELECT');
  const depth = depths[select]!;
  const inBlock = (index: number): boolean => depths[index] === depth;
  let from = select + 1;
  while (
    from < tokens.length &&
    !(inBlock(from) && isWord(tokens[from], 'FROM') && !isWord(tokens[from - 1], 'DISTINCT'))
  ) {
    if (depths[from]! < depth || (inBlock(from) && isWord(tokens[from], 'UNION', 'INTERSECT', 'MINUS'))) break;
    from++;
  }
  if (!isWord(tokens[from], 'FROM') || !inBlock(from)) {
    throw invalidQuery(text, call.start, 'ML_PREDICT: this SELECT has no FROM; expected a table or view of images');
  }
  return { ...readItem(text, tokens, depths, from + 1), stars: starsOf(tokens, depths, select, from) };
}

/** Each token's number of open brackets; an opening one counts from behind it. */
export function depthsOf(tokens: readonly Token[]): readonly number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (isWord(token, ')', ']')) depth--;
    const own = depth;
    if (isWord(token, '(', '[')) depth++;
    return own;
  });
}

function selectBefore(tokens: readonly Token[], depths: readonly number[], at: number): number {
  let depth = depths[at]!;
  for (let index = at - 1; index >= 0; index--) {
    depth = Math.min(depth, depths[index]!);
    if (depths[index] === depth && isWord(tokens[index], 'SELECT')) return index;
  }
  return -1;
}

function readItem(
  text: string,
  tokens: readonly Token[],
  depths: readonly number[],
  first: number,
): Omit<QueryBlock, 'stars'> {
  let at = first;
  let alias: string | null = null;
  if (isWord(tokens[at], '(')) {
    at = closing(tokens, depths, at) + 1;
  } else {
    while (nameOf(tokens[at]) !== null && !tokens[at]!.text.startsWith("'")) {
      alias = tokens[at]!.text;
      at++;
      if (!isWord(tokens[at], '.')) break;
      at++;
    }
    if (isWord(tokens[at], '(')) at = closing(tokens, depths, at) + 1;
  }
  const last = at;
  if (last === first) throw invalidQuery(text, placeOf(text, tokens[at]), 'ML_PREDICT: expected a table behind FROM');
  if (isWord(tokens[at], 'AS')) at++;
  const named = tokens[at];
  if (named && nameOf(named) !== null && !isWord(named, ...ends, ...others)) {
    alias = named.text;
    at++;
  }
  if (tokens[at] && !isWord(tokens[at], ...ends)) {
    throw invalidQuery(
      text,
      tokens[at]!.start,
      `ML_PREDICT: its query reads from more than one plain table or subquery (at ${tokens[at]!.text}); ` +
        'make a view of what comes together there, and predict from that',
    );
  }
  const start = tokens[first]!.start;
  return { source: { start, end: tokens[last - 1]!.end }, item: { start, end: tokens[at - 1]!.end }, alias };
}

/** Words that follow a table and are no alias. */
const others = [
  ...['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL', 'SEMI', 'ANTI', 'ON', 'USING', 'TABLESAMPLE'],
  ...['PIVOT', 'UNPIVOT', 'VERSION', 'TIMESTAMP', 'FOR', 'SYSTEM_VERSION', 'SYSTEM_TIME'],
];

/** A `*` behind SELECT, a comma or a dot: of `a * b` it is none. */
function starsOf(tokens: readonly Token[], depths: readonly number[], select: number, from: number): readonly Star[] {
  const stars: Star[] = [];
  for (let index = select + 1; index < from; index++) {
    const before = tokens[index - 1]!;
    if (depths[index] !== depths[select] || !isWord(tokens[index], '*')) continue;
    if (isWord(before, 'SELECT', 'DISTINCT', 'ALL', ',', '.') || before.text.startsWith('/*')) {
      const isInList = isWord(tokens[index + 1], 'EXCEPT') && isWord(tokens[index + 2], '(');
      stars.push({ place: tokens[isInList ? index + 2 : index]!.end, isInList });
    }
  }
  return stars;
}

/** Where the bracket closes that opens here. */
function closing(tokens: readonly Token[], depths: readonly number[], open: number): number {
  for (let index = open + 1; index < tokens.length; index++) {
    if (depths[index] === depths[open] && isWord(tokens[index], ')', ']')) return index;
  }
  return tokens.length - 1;
}

function placeOf(text: string, token: Token | undefined): number {
  return token ? token.start : text.length;
}
