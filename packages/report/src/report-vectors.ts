import { assertOptions, assertText, wrongArgument } from '@qualm/types';
import type { ReportData } from './report-data.ts';

/** A vector of each cell, so that the page can find cells that are alike: short ones, of whole
 * numbers, as the page holds them all.
 */
export interface ReportVectors {
  /** What they are, in words, such as `colours and edges` or `clip.parquet`. */
  readonly words: string;
  readonly dimensions: number;
  /** [cells, dimensions], -127..127; those of a cell without a vector begin with -128. They are
   * best turned so that cells differ most along the first two, which are the map where `places` is
   * absent.
   */
  readonly numbers: Int8Array;
  /** What one of these is worth: Euclidean distances of the numbers, times this, are those of the
   * vectors. */
  readonly step: number;
  /** How far apart two cells may be that are taken for nearly the same, where nobody says. */
  readonly near: number;
  /** [cells, 2], 0..65535: where each cell is on the map. */
  readonly places?: Uint16Array;
  /** How these were found, in words, such as `UMAP`; absent where there are none. */
  readonly placedBy?: string;
}

/** The same as JSON holds it. */
export interface PageVectors extends Pick<ReportVectors, 'words' | 'dimensions' | 'step' | 'near' | 'placedBy'> {
  /** Base64. */
  readonly numbers: string;
  /** Base64, little-endian. */
  readonly places?: string;
}

/** @throws RangeError for vectors that are not one of each cell. */
export function pageVectors(vectors: ReportVectors, count: number): PageVectors {
  const { words, dimensions, numbers, step, near, places, placedBy } = vectors;
  assertText('createReport', 'words of vectors', words);
  if (!(numbers instanceof Int8Array))
    throw wrongArgument('createReport', 'numbers of vectors', numbers, 'an Int8Array, as cellVectors gives');
  if (places !== undefined && !(places instanceof Uint16Array))
    throw wrongArgument('createReport', 'places of vectors', places, 'a Uint16Array');
  if (!(Number.isInteger(dimensions) && dimensions > 0) || numbers.length !== count * dimensions)
    throw new RangeError(
      `createReport: vectors of ${dimensions} dimensions came with ${numbers.length} numbers for ${count} cells; expected ${count} times ${dimensions}`,
    );
  if (!(step > 0 && near >= 0 && Number.isFinite(step + near)))
    throw new RangeError(`createReport: vectors have the step ${step} and near ${near}; expected positive numbers`);
  if (places && places.length !== 2 * count)
    throw new RangeError(`createReport: ${places.length} numbers of places for ${count} cells; expected two of each`);
  return {
    ...{ words, dimensions, step, near, numbers: base64(numbers) },
    ...(places && { places: base64(littleEndian(places)), placedBy: placedBy ?? '' }),
  };
}

/** Vectors that are there, or are made when all pictures are. */
export type GivenVectors = ReportVectors | (() => ReportVectors | null);

/** The page's data with the vectors that were given, or are made now. */
export function withVectors(data: ReportData, given: GivenVectors | null | undefined): ReportData {
  if (given == null) return data;
  if (typeof given !== 'function') assertOptions('createReport', given, '{ dimensions: 32, numbers }', 'vectors');
  const vectors = typeof given === 'function' ? given() : given;
  return vectors ? { ...data, vectors: pageVectors(vectors, data.cells.id.length) } : data;
}

function base64(bytes: Int8Array | Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function littleEndian(numbers: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * numbers.length);
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, at) => view.setUint16(2 * at, value, true));
  return bytes;
}
