import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Strategy } from '@qualm/types';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { nullRows } from './null-rows.ts';
import { readNumberLists } from './read-number-lists.ts';
import type { NumberLists } from './read-number-lists.ts';
import type { ScalarDefinition } from './scalar-definition.ts';
import { scoreRows } from './score-rows.ts';
import { writeDoubles } from './write-doubles.ts';

/** Scores of rows that lie behind each other to one number a row, as `scoreRows` does for a
 * strategy. Where the strategy lives in another thread, it asks there, and waits. */
export type ScoreRows = (scores: Float32Array | Float64Array, offsets: Uint32Array) => Float64Array;

/** The functions of one name that give each list of scores a number: of `FLOAT[]`, `DOUBLE[]`, and
 * NULL. A NULL list, or one that holds NULL, gives NULL, and is not scored.
 * @param score a strategy, or what scores the rows of a chunk.
 */
export function createScoreFunction(lib: DuckDb, name: string, score: Strategy | ScoreRows): ScalarDefinition[] {
  const scoreAll: ScoreRows = isStrategy(score) ? (scores, offsets) => scoreRows(score, scores, offsets) : score;
  return createScoreFunctions(lib, name, {
    parameters: [],
    scoreChunk: (lists) => {
      if (!lists.nulls.includes(1)) return scoreAll(lists.values, lists.offsets);
      const kept = Uint32Array.from(lists.nulls.keys()).filter((row) => lists.nulls[row] === 0);
      const result = new Float64Array(lists.nulls.length);
      const scores = scoreAll(lists.values, Uint32Array.of(0, ...kept.map((row) => lists.offsets[row + 1]!)));
      kept.forEach((row, at) => (result[row] = scores[at]!));
      return result;
    },
  });
}

/** How a function with parameters beside the scores is computed. */
export interface ScoreDefinition {
  /** Types of what follows the scores. Where one of these is NULL, so is the result. */
  readonly parameters: readonly ('BOOLEAN' | 'DOUBLE')[];
  /** @param chunk from whose second column on the parameters are. */
  readonly scoreChunk: (lists: NumberLists, chunk: DuckDBDataChunk) => Float64Array;
}

/** As `createScoreFunction`, with parameters after the scores. */
export function createScoreFunctions(lib: DuckDb, name: string, definition: ScoreDefinition): ScalarDefinition[] {
  const { LIST, FLOAT, DOUBLE, SQLNULL, BOOLEAN } = lib;
  const more = definition.parameters.map((type) => (type === 'BOOLEAN' ? BOOLEAN : DOUBLE));
  const optionColumns = more.map((_type, index) => index + 1);
  const ofLists = (['FLOAT[]', 'DOUBLE[]'] as const).map((type): ScalarDefinition => ({
    name,
    parameters: [LIST(type === 'FLOAT[]' ? FLOAT : DOUBLE), ...more],
    returns: DOUBLE,
    run: (chunk, output) => {
      const vector = lib.bindings.data_chunk_get_vector(chunk.chunk, 0);
      const lists = readNumberLists(lib, vector, chunk.rowCount, { type, ofNull: 'null' });
      const nulls = nullRows(lib, chunk, optionColumns, lists.nulls);
      writeDoubles(output, definition.scoreChunk(lists, chunk), nulls);
    },
  }));
  const ofNull: ScalarDefinition = {
    name,
    parameters: [SQLNULL, ...more],
    returns: DOUBLE,
    run: ({ rowCount }, output) => writeDoubles(output, new Float64Array(rowCount), new Uint8Array(rowCount).fill(1)),
  };
  return [...ofLists, ofNull];
}

function isStrategy(score: Strategy | ScoreRows): score is Strategy {
  return typeof (score as Partial<Strategy>).score === 'function';
}
