import type { SqlDialect } from '@qualm/sql';

/** A statement, and how far down and to the right it begins in its text, both from 0. */
export interface SqlPart {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A text cut at its semicolons. */
export interface SplitSql {
  /** What ends in a semicolon, without it; nothing that is empty. */
  readonly statements: readonly SqlPart[];
  /** What stands behind the last semicolon; null where that is nothing, or a comment. */
  readonly rest: SqlPart | null;
  /** True where the text ends within quotes or a comment. */
  readonly isOpen: boolean;
}

/** Cuts a text at the semicolons that are not in quotes or comments of the dialect.
 * @example splitSql("select ';'; select 2", 'duckdb').statements.map(({ text }) => text) // ["select ';'"]
 */
export function splitSql(text: string, dialect: SqlDialect): SplitSql {
  const statements: SqlPart[] = [];
  let from = 0;
  let isOpen = false;
  let isEmpty = true;
  for (const piece of piecesOf(text, dialect)) {
    isOpen = piece.isOpen;
    if (piece.kind === 'end') {
      if (!isEmpty) statements.push(partOf(text, from, piece.start));
      from = piece.start + 1;
      isEmpty = true;
    } else if (piece.kind === 'word') isEmpty = false;
  }
  return { statements, rest: isEmpty && !isOpen ? null : partOf(text, from, text.length), isOpen };
}

/** A statement as one line without comments; null where that cannot be, since a text in quotes has
 * several lines.
 */
export function onOneLine(text: string, dialect: SqlDialect): string | null {
  let line = '';
  for (const { kind, start, end } of piecesOf(text, dialect)) {
    const part = text.slice(start, end);
    if (kind === 'word' && part.includes('\n')) return null;
    if (kind === 'word' || kind === 'end') line += part;
    else if (line !== '' && !line.endsWith(' ')) line += ' ';
  }
  return line.trimEnd();
}

interface Piece {
  readonly kind: 'word' | 'space' | 'comment' | 'end';
  readonly start: number;
  readonly end: number;
  readonly isOpen: boolean;
}

function* piecesOf(text: string, dialect: SqlDialect): Generator<Piece, void, undefined> {
  const quotes = quotesOf[dialect];
  for (let start = 0; start < text.length;) {
    const { kind, end, isOpen = false } = pieceAt(text, start, quotes);
    yield { kind, start, end, isOpen };
    start = end;
  }
}

/** Quoted texts, whole or cut off at the end. */
const quotesOf: Readonly<Record<SqlDialect, readonly (readonly [whole: RegExp, begin: RegExp])[]>> = {
  duckdb: [
    [/e'(?:[^'\\]|''|\\[^])*'/iy, /e'/iy],
    [/'(?:[^']|'')*'/y, /'/y],
    [/"(?:[^"]|"")*"/y, /"/y],
    [/\$([a-z_]\w*)?\$[^]*?\$\1\$/iy, /\$([a-z_]\w*)?\$/iy],
  ],
  spark: [
    [/r'[^']*'|r"[^"]*"/iy, /r['"]/iy],
    [/'(?:[^'\\]|''|\\[^])*'/y, /'/y],
    [/"(?:[^"\\]|""|\\[^])*"/y, /"/y],
    [/`(?:[^`]|``)*`/y, /`/y],
  ],
};

interface Found {
  readonly kind: Piece['kind'];
  readonly end: number;
  readonly isOpen?: boolean;
}

function pieceAt(text: string, start: number, quotes: (typeof quotesOf)['spark']): Found {
  const match = (pattern: RegExp): number | null => {
    pattern.lastIndex = start;
    return pattern.test(text) ? pattern.lastIndex : null;
  };
  if (text[start] === ';') return { kind: 'end', end: start + 1 };
  const space = match(/\s+/y);
  if (space !== null) return { kind: 'space', end: space };
  const line = match(/--[^\n]*/y);
  if (line !== null) return { kind: 'comment', end: line };
  if (text.startsWith('/*', start)) return blockComment(text, start);
  for (const [whole, begin] of quotes) {
    const end = match(whole);
    if (end !== null) return { kind: 'word', end };
    if (match(begin) !== null) return { kind: 'word', end: text.length, isOpen: true };
  }
  return { kind: 'word', end: match(/[\p{L}_][\p{L}\p{N}_]*/uy) ?? start + 1 };
}

/** Comments hold comments, in both dialects. What begins with /*+ is a hint, and not empty. */
function blockComment(text: string, start: number): Found {
  const edges = /\/\*|\*\//g;
  edges.lastIndex = start;
  let depth = 0;
  for (let edge = edges.exec(text); edge; edge = edges.exec(text)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: text[start + 2] === '+' ? 'word' : 'comment', end: edges.lastIndex };
  }
  return { kind: 'comment', end: text.length, isOpen: true };
}

function partOf(text: string, from: number, to: number): SqlPart {
  const start = from + /^\s*/.exec(text.slice(from, to))![0].length;
  const before = text.slice(0, start);
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length;
  return { text: text.slice(start, to).trimEnd(), line: before.split('\n').length - 1, column };
}
