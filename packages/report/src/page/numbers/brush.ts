import type { NumberRange } from './number-range.ts';

/** Bins next to one another: the first, and the one after the last. */
export type BinRange = readonly [first: number, end: number];

/** How far a key moves an end of a stretch. */
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const far = 5;

/** The stretch after a key on one of its ends; null for all, the same for a key that means nothing.
 * @param end 0 for the first end, 1 for the last
 */
export function rangeAfterKey(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  range: BinRange,
  end: 0 | 1,
  numBins: number,
): BinRange | null {
  if (key === 'Escape' || key === 'Delete' || key === 'Backspace') return null;
  const [first, last] = range;
  const paging = key === 'PageUp' ? far : key === 'PageDown' ? -far : 0;
  const by = paging || (steps[key] ?? 0) * (shiftKey ? far : 1);
  const jump = key === 'Home' ? -numBins : key === 'End' ? numBins : by;
  if (jump === 0) return range;
  return end === 0 ? [clamp(first + jump, 0, last - 1), last] : [first, clamp(last + jump, first + 1, numBins)];
}

/** The stretch that somebody pulls over: from the bin where the pointer went down to where it is,
 * or moved as a whole where it went down inside of a stretch.
 */
export function rangeAfterPull(
  { from, to, held }: { readonly from: number; readonly to: number; readonly held: BinRange | null },
  numBins: number,
): BinRange {
  if (!held) return [Math.min(from, to), Math.max(from, to) + 1];
  const by = clamp(to - from, -held[0], numBins - held[1]);
  return [held[0] + by, held[1] + by];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** The bins that a stretch holds, of which one from an address may end within one. */
export function binsIn([from, to]: NumberRange, edges: Float64Array): BinRange {
  const numBins = edges.length - 1;
  const first =
    from === null
      ? 0
      : Math.max(
          0,
          edges.findLastIndex((edge) => edge <= from),
        );
  const end = to === null ? numBins : edges.findIndex((edge) => edge >= to);
  const last = end < 0 ? numBins : end;
  return first < last ? [first, last] : [Math.min(first, numBins - 1), Math.min(first, numBins - 1) + 1];
}
