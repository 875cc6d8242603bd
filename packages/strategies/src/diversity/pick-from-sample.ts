import { counted } from '@qualm/types';
import type { Column } from '@qualm/types';
import { canonicalRows, createSelection, hash32, storageOf, topRows } from '@qualm/types/rows';
import type { SelectedRows } from '@qualm/types/rows';
import { assertCount } from '../numbers/assert-count.ts';
import { numRowsOf, type Embeddings } from './embeddings.ts';

/** Options of `pickFromSample`. */
export interface PickFromSampleOptions {
  /** Rows to draw, beside the labelled ones. */
  readonly size: number;
  /** The same seed draws the same rows. */
  readonly seed: number;
  /** One id for each row; with ids that differ the same rows are drawn in whatever order they came.
   */
  readonly ids?: Column<string | number>;
  /** Numbers of the rows that have labels already: all of them are in the sample. */
  readonly labelled?: ArrayLike<number>;
}

/** Some rows of larger embeddings, in ascending order, with what a method that picks from them is
 * to be told.
 */
export interface EmbeddingSample extends Embeddings {
  /** The row that each row of the sample is in the whole. */
  readonly rows: Uint32Array;
  /** Rows of the sample. */
  readonly labelled: Uint32Array;
  /** Ids of the sample's rows, where there are some. */
  readonly ids?: Column<string | number>;
}

/** What a method picks from rows drawn by chance, as rows of the whole: the way for more rows than
 * it has time for. Every row has the same chance of being drawn, and time and memory are those of
 * the sample.
 *
 * What is lost is what rows have in common: a group that holds the share f of all rows is missing
 * from a sample of m with the chance (1 - f)^m, 1 in 20,000 for one row in a hundred and a thousand
 * drawn. What lies alone is seldom drawn, so `kCenterGreedy`, which looks for just that, loses
 * most; `typiClust`, `probCover` and `kMeansPlusPlus`, which look for many alike, little. A sample
 * of all rows gives the exact picks.
 * @param pick is given the sample, and gives rows of it.
 * @throws RangeError when `size` is not a whole number from 1, a labelled row is none, there is not
 * an id for each row, or `pick` gives a row that the sample has not.
 * @example pickFromSample(embeddings, { size: 5000, seed: 1 }, (sample) => probCover(sample, { count: 100, radius: 0.5 })).rows
 */
export function pickFromSample(
  embeddings: Embeddings,
  options: PickFromSampleOptions,
  pick: (sample: EmbeddingSample) => SelectedRows,
): SelectedRows {
  const sample = drawSample(embeddings, options);
  const picks = pick(sample);
  const rows = Uint32Array.from(picks.rows, (place) => {
    const row = sample.rows[place];
    if (row !== undefined) return row;
    throw new RangeError(`pickFromSample: row ${place} was picked; the sample has ${sample.rows.length}`);
  });
  return createSelection(rows, (place) => {
    const { reason, scores, ranks } = picks.at(place)!;
    return { reason: `${reason}, of ${counted(sample.rows.length, 'row')} drawn by chance`, scores, ranks };
  });
}

function drawSample(
  embeddings: Embeddings,
  { size, seed, ids, labelled = [] }: PickFromSampleOptions,
): EmbeddingSample {
  const where = 'pickFromSample';
  assertCount(where, size, 'size', 1);
  const numRows = numRowsOf(where, embeddings);
  if (ids && ids.length !== numRows)
    throw new RangeError(`${where}: ${ids.length} ids for ${numRows} rows; expected one for each`);
  const lots = new Float64Array(numRows);
  canonicalRows(numRows, ids ? { ids } : {}).forEach((row, place) => (lots[row] = hash32(seed, place)));
  const known = new Set<number>();
  for (let i = 0; i < labelled.length; i++) {
    const row = labelled[i]!;
    if (!(row in lots)) throw new RangeError(`${where}: labelled row ${row}; expected one of 0 to ${numRows - 1}`);
    known.add(row);
    lots[row] = NaN;
  }
  const drawn = topRows(lots, 'ascending', { limit: Math.min(size, numRows - known.size) });
  const rows = Uint32Array.from([...drawn, ...known]).sort();
  const { dimensions, matrix } = embeddings;
  const Storage = storageOf(matrix);
  const part = new Storage(rows.length * dimensions);
  rows.forEach((row, place) => part.set(matrix.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions));
  return {
    ...{ matrix: part, dimensions, rows },
    labelled: Uint32Array.from(rows.keys()).filter((place) => known.has(rows[place]!)),
    ...(ids && { ids: Array.from(rows, (row) => ids.at(row)!) }),
  };
}
