import type { ImageRow } from './measure-images.ts';
import { spreadOf } from './resamples.ts';
import type { Spread } from './resamples.ts';

/** A ranking over several detectors. */
export interface GainTogether {
  readonly doubt: string;
  readonly aggregate: string;
  /** The mean of its gains. */
  readonly gain: Spread;
  /** That, less the mean gain of the ranking that it is compared with, on the same photographs. */
  readonly difference: Spread;
}

/** The mean gain of each ranking over several detectors, on the same resamples of the same
 * photographs.
 */
export function gainsTogether(
  detectors: readonly (readonly ImageRow[])[],
  compared: { readonly doubt: string; readonly aggregate: string },
): readonly GainTogether[] {
  const [first] = detectors as [readonly ImageRow[]];
  const other = first.findIndex((row) => row.doubt === compared.doubt && row.aggregate === compared.aggregate);
  const mean = (of: (rows: readonly ImageRow[]) => number): number =>
    detectors.reduce((sum, rows) => sum + of(rows), 0) / detectors.length;
  const spread = (of: (rows: readonly ImageRow[], draw: number | null) => number): Spread =>
    spreadOf(
      mean((rows) => of(rows, null)),
      first[0]!.resampled.map((_, draw) => mean((rows) => of(rows, draw))),
    );
  const gainOf = (row: ImageRow, draw: number | null): number =>
    draw === null ? row.gain.value : row.resampled[draw]!;
  return first.map(({ doubt, aggregate }, row) => ({
    ...{ doubt, aggregate },
    gain: spread((rows, draw) => gainOf(rows[row]!, draw)),
    difference: spread((rows, draw) => gainOf(rows[row]!, draw) - gainOf(rows[other]!, draw)),
  }));
}
