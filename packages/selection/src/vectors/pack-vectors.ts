import type { ReportVectors } from '@qualm/report';
import { embeddingMatrix, principalComponents } from '@qualm/strategies';
import type { EmbeddingRows, Metric } from '@qualm/strategies';

/** Numbers of a cell's vector on a page of few cells and of many: 86 and 43 bytes of the page. */
const dimensions = { few: 64, many: 32 };
const manyCells = 20_000;

/** What stands in the first place of a cell without a vector. */
const none = -128;

/** Vectors as the page of a report holds them: turned to where cells differ most, cut off after 64
 * numbers (32 for more than 20,000 cells), each stored as a whole number from -127 to 127.
 * @param metric `cosine` makes all of them of length 1 first; two are then 2 sin(angle / 2) apart
 */
export function packVectors(
  vectors: readonly (ArrayLike<number> | null)[],
  { words, near, metric }: Pick<ReportVectors, 'words' | 'near'> & { readonly metric: Metric },
): ReportVectors {
  const rows = embeddingMatrix(vectors);
  if (metric === 'cosine') toLengthOne(rows);
  const count = vectors.length > manyCells ? dimensions.many : dimensions.few;
  const components = principalComponents(rows, { count });
  const projected = components.project(rows);
  // Where all vectors are the same, they have no direction in which they differ.
  const width = Math.max(1, components.count);
  const numbers = new Int8Array(vectors.length * width);
  const largest = projected.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)), 0);
  const step = largest > 0 ? largest / 127 : 1;
  projected.forEach((value, at) => {
    numbers[at] = Number.isNaN(value) ? 0 : Math.round(value / step);
  });
  vectors.forEach((_, row) => {
    if (Number.isNaN(rows.matrix[row * rows.dimensions]!)) numbers[row * width] = none;
  });
  return { words, near, step, dimensions: width, numbers };
}

/** A vector of zeros has no direction, and becomes none. */
function toLengthOne({ matrix, dimensions: width }: EmbeddingRows): void {
  for (let from = 0; from < matrix.length; from += width) {
    const row = matrix.subarray(from, from + width);
    let squares = 0;
    for (const value of row) squares += value * value;
    const length = Math.sqrt(squares);
    for (let i = 0; i < width; i++) row[i] = length > 0 && length < Infinity ? row[i]! / length : NaN;
  }
}
