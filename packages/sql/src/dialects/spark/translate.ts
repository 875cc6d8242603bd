import { QualmError } from '@qualm/types';
import { writeExpression } from './expressions.ts';
import { markText } from './marked-text.ts';
import { mayHoldMarks, readPlaces } from './places.ts';
import type { TranslatedText } from './places.ts';
import type { SparkParser, SparkToken } from './polyglot.ts';
import { writeQuery } from './queries.ts';
import { writeStatement } from './statements.ts';
import { nodeOf } from './syntax-node.ts';
import { createSparkWriter, queryError } from './writer.ts';

/** DuckDB's text of one statement of Spark. */
export function translateSpark(text: string, parser: SparkParser, functions: ReadonlySet<string>): TranslatedText {
  return readPlaces(markedTranslation(text, parser, functions));
}

function markedTranslation(text: string, parser: SparkParser, functions: ReadonlySet<string>): string {
  const tokens = parser.tokenize(text).filter(({ type }) => type !== 'SEMICOLON');
  const explain = explainOf(text, tokens);
  if (explain) return `${explain.prefix}${markedTranslation(explain.rest, parser, functions)}`;
  checkDescribe(text, tokens);
  const marked = markText(text, tokens);
  const parsed = parser.parse(marked.text);
  if ('reason' in parsed) {
    const place = parsed.place === null ? null : marked.placeOf(parsed.place);
    throw queryError('query-invalid', text, place, readableReason(parsed.reason));
  }
  const [tree, ...more] = parsed.trees;
  if (tree === undefined || more.length > 0)
    throw queryError('query-invalid', text, 0, `expected one statement, came ${parsed.trees.length}`);
  const lower = new Set([...functions].map((name) => name.toLowerCase()));
  const writer = createSparkWriter({
    text,
    marked,
    functions: lower,
    keepsPlaces: !mayHoldMarks(text),
    writeExpression,
    writeQuery,
  });
  try {
    return writeStatement(nodeOf(tree), writer);
  } catch (error) {
    if (QualmError.is(error)) throw error;
    throw queryError('unsupported', text, 0, 'this statement is not supported in the dialect spark', { cause: error });
  }
}

/** What the parser says, without its own place. */
function readableReason(reason: string): string {
  return reason.replace(/^Parse error at line \d+, column \d+: /, '').replace(/ near \[.*\]$/, '');
}

/** The parser takes DESCRIBE with a column, a partition, or a query, and forgets them. */
function checkDescribe(text: string, tokens: readonly SparkToken[]): void {
  const words = tokens.map(({ text: word }) => word.toUpperCase());
  if (words[0] !== 'DESCRIBE' && words[0] !== 'DESC') return;
  const name = words.slice(words[1] === 'TABLE' && words.length > 2 ? 2 : 1);
  if (name.length === 1 || (name.length === 3 && name[1] === '.')) return;
  throw queryError(
    'unsupported',
    text,
    tokens[0]!.start,
    'DESCRIBE of other than a table or a view is not supported in the dialect spark; use SHOW COLUMNS',
  );
}

/** The parser reads EXPLAIN as DESCRIBE. */
function explainOf(
  text: string,
  tokens: readonly SparkToken[],
): { readonly prefix: string; readonly rest: string } | null {
  const [first, second] = tokens;
  if (first?.text.toUpperCase() !== 'EXPLAIN' || !second) return null;
  const isAnalyze = second.text.toUpperCase() === 'ANALYZE';
  if (/^(EXTENDED|CODEGEN|COST|FORMATTED)$/i.test(second.text))
    throw queryError(
      'unsupported',
      text,
      second.start,
      `EXPLAIN ${second.text.toUpperCase()} is not supported in the dialect spark; use EXPLAIN`,
    );
  const characters = Array.from(text);
  const end = isAnalyze ? second.end : first.end;
  const kept = characters.slice(0, end).join('').replaceAll(/[^\n]/gu, ' ');
  return { prefix: isAnalyze ? 'EXPLAIN ANALYZE ' : 'EXPLAIN ', rest: kept + characters.slice(end).join('') };
}
