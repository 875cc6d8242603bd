import { assertOptions } from '@qualm/types';
import type { Outcomes } from './labelled-rows.ts';

export interface BinOptions {
  /** Default 15. */
  readonly numBins?: number;
  /** `equal-width`: 0..1 in equal parts; each bin has its lower edge and not its upper one,
   * except that the last has 1. `equal-mass`: as many rows in each as whole groups of equal
   * confidences allow. Default equal-width. */
  readonly binning?: 'equal-width' | 'equal-mass';
}

/** Bins of confidences, a column for each thing known of them: `aq.table(reliabilityTable(...))` is
 * a table.
 */
export interface ReliabilityTable {
  /** The edges of the bin; of equal-mass bins, its least and its greatest confidence. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Rows in the bin. */
  readonly count: Uint32Array;
  /** Their mean confidence; NaN in an empty bin, as are the next two. */
  readonly confidence: Float64Array;
  /** The share of them that was right. */
  readonly accuracy: Float64Array;
  /** confidence - accuracy: above 0 where the model is too sure. */
  readonly gap: Float64Array;
}

/** @throws RangeError when `numBins` is not a whole number from 1, or the binning is unknown. */
export function binOutcomes(where: string, { confidences, hits }: Outcomes, options: BinOptions): ReliabilityTable {
  assertOptions(where, options, '{ numBins: 10 }', 'options');
  const { numBins = 15, binning = 'equal-width' } = options;
  if (!Number.isInteger(numBins) || numBins < 1) {
    throw new RangeError(`${where}: numBins is ${numBins}; expected a whole number from 1`);
  }
  if (!Object.hasOwn(binnings, binning)) {
    throw new RangeError(`${where}: binning is "${binning}"; expected equal-width or equal-mass`);
  }
  const { bins, lower, upper } = binnings[binning](confidences, numBins);
  const count = new Uint32Array(numBins);
  const confidence = new Float64Array(numBins);
  const accuracy = new Float64Array(numBins);
  for (let row = 0; row < bins.length; row++) {
    const bin = bins[row]!;
    count[bin]!++;
    confidence[bin]! += confidences[row]!;
    accuracy[bin]! += hits[row]!;
  }
  for (let bin = 0; bin < numBins; bin++) {
    confidence[bin]! /= count[bin]!;
    accuracy[bin]! /= count[bin]!;
  }
  return { lower, upper, count, confidence, accuracy, gap: confidence.map((mean, bin) => mean - accuracy[bin]!) };
}

interface Bins {
  /** The bin of each row. */
  readonly bins: Uint32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

const binnings = { 'equal-width': equalWidth, 'equal-mass': equalMass } as const;

function equalWidth(confidences: Float64Array, numBins: number): Bins {
  const edges = Float64Array.from({ length: numBins + 1 }, (_, edge) => edge / numBins);
  const binOf = (confidence: number): number => {
    const near = Math.min(Math.floor(confidence * numBins), numBins - 1);
    // The product may have been rounded across an edge.
    if (confidence < edges[near]!) return near - 1;
    return near + 1 < numBins && confidence >= edges[near + 1]! ? near + 1 : near;
  };
  return { bins: Uint32Array.from(confidences, binOf), lower: edges.slice(0, -1), upper: edges.slice(1) };
}

/** Cuts the sorted confidences into equal parts; a cut inside a group of equal confidences moves
 * behind the group, so that the order of the rows does not matter. */
function equalMass(confidences: Float64Array, numBins: number): Bins {
  const rows = Uint32Array.from(confidences, (_, row) => row).sort((a, b) => confidences[a]! - confidences[b]!);
  const bins = new Uint32Array(rows.length);
  const lower = new Float64Array(numBins).fill(NaN);
  const upper = new Float64Array(numBins).fill(NaN);
  for (let bin = 0, place = 0; bin < numBins; bin++) {
    const from = place;
    const to = Math.round(((bin + 1) * rows.length) / numBins);
    while (place < rows.length && (place < to || isTied(place))) bins[rows[place++]!] = bin;
    if (place === from) continue;
    lower[bin] = confidences[rows[from]!]!;
    upper[bin] = confidences[rows[place - 1]!]!;
  }
  return { bins, lower, upper };

  function isTied(place: number): boolean {
    return place > 0 && confidences[rows[place]!] === confidences[rows[place - 1]!];
  }
}
