import { invalidQuery, isWord, nameOf } from '@qualm/sql/statements';
import type { Token } from '@qualm/sql/statements';
import { depthsOf, queryBlockOf } from './query-block.ts';
import type { QueryBlock, Span } from './query-block.ts';

/** A call of ML_PREDICT, and the query that it stands in. */
export interface PredictCall {
  readonly call: Span;
  readonly model: string;
  /** Where the name of the model stands. */
  readonly modelPlace: number;
  /** The expression of the image. */
  readonly image: Span;
  readonly block: QueryBlock;
}

/** The first call whose query reads from no other call: it is the one to do next; null where there
 * is none.
 * @throws QualmError `query-invalid`, with its place, for a call that cannot be done soundly.
 */
export function findCall(text: string, tokens: readonly Token[]): PredictCall | null {
  const depths = depthsOf(tokens);
  const calls = tokens.flatMap((token, at) => (isWord(token, 'ML_PREDICT') && isWord(tokens[at + 1], '(') ? [at] : []));
  if (calls.length === 0) return null;
  assertNoCte(text, tokens);
  assertNotStored(text, tokens);
  for (const at of calls) {
    const found = readCall(text, tokens, depths, at);
    const { source, item } = found.block;
    const isWithin = (other: number): boolean => tokens[other]!.start >= source.start && tokens[other]!.end <= item.end;
    if (!calls.some(isWithin)) return found;
  }
  throw invalidQuery(
    text,
    tokens[calls[0]!]!.start,
    'ML_PREDICT: calls within each other; predict with one, then the other',
  );
}

function readCall(text: string, tokens: readonly Token[], depths: readonly number[], at: number): PredictCall {
  const token = tokens[at]!;
  const name = tokens[at + 2];
  const model = nameOf(name);
  if (!name || model === null || name.text.startsWith("'")) {
    throw invalidQuery(text, (name ?? token).start, 'ML_PREDICT: expected the name of a model');
  }
  const depth = depths[at]! + 1;
  const close = tokens.findIndex(
    (other, index) => index > at + 1 && depths[index] === depths[at] && isWord(other, ')'),
  );
  if (close === -1) throw invalidQuery(text, token.start, 'ML_PREDICT: the ( is not closed');
  const commas = tokens.flatMap((other, index) =>
    index > at && index < close && depths[index] === depth && isWord(other, ',') ? [index] : [],
  );
  if (commas.length > 1) {
    throw invalidQuery(
      text,
      tokens[commas[1]! + 1]!.start,
      'ML_PREDICT: on Spark options belong to the model: CREATE MODEL name OPTIONS (min_score = 0.5) USING ...',
    );
  }
  if (commas[0] !== at + 3 || close === at + 4) {
    throw invalidQuery(text, token.start, `ML_PREDICT: expected (${model}, image), an image is missing`);
  }
  const first = tokens[at + 4]!;
  const image = { start: first.start, end: tokens[close - 1]!.end };
  for (let index = at + 4; index < close; index++) {
    if (isWord(tokens[index], 'SELECT', 'ML_PREDICT')) {
      throw invalidQuery(text, tokens[index]!.start, 'ML_PREDICT: expected an image of columns, came a query');
    }
  }
  const block = queryBlockOf(text, tokens, depths, at);
  return { call: { start: token.start, end: tokens[close]!.end }, model, modelPlace: name.start, image, block };
}

/** What a WITH names is not known outside of the statement, where the images are predicted. */
function assertNoCte(text: string, tokens: readonly Token[]): void {
  const at = tokens.findIndex(
    (token, index) =>
      isWord(token, 'WITH') && nameOf(tokens[index + 1]) !== null && isWord(tokens[index + 2], 'AS', '('),
  );
  if (at === -1) return;
  throw invalidQuery(
    text,
    tokens[at]!.start,
    'ML_PREDICT: WITH beside it is not supported on Spark; make its parts temporary views',
  );
}

/** The predictions of a session go when it ends. */
function assertNotStored(text: string, tokens: readonly Token[]): void {
  const words = tokens.slice(0, 5).map((token) => token.text.toUpperCase());
  const view = words.indexOf('VIEW');
  if (words[0] !== 'CREATE' || view === -1) return;
  if (words.slice(0, view).some((word) => word === 'TEMPORARY' || word === 'TEMP')) return;
  throw invalidQuery(
    text,
    tokens[view]!.start,
    'ML_PREDICT: a view that outlives the session cannot call it; make it a TEMPORARY VIEW, or a table',
  );
}
