import type { MaskArrays } from './mask-column.ts';

/** Masks of several columns, one after the other. */
export function joinMasks(parts: readonly MaskArrays[]): MaskArrays {
  const lengths = parts.map(({ offsets }) => offsets.at(-1)! - offsets[0]!);
  const numMasks = parts.reduce((sum, { sizes }) => sum + sizes.length / 2, 0);
  const counts = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const offsets = new Uint32Array(numMasks + 1);
  const sizes = new Uint32Array(2 * numMasks);
  let [mask, end] = [0, 0];
  for (const [part, { counts: own, offsets: ends, sizes: ownSizes }] of parts.entries()) {
    counts.set(own.subarray(ends[0], ends.at(-1)), end);
    sizes.set(ownSizes, 2 * mask);
    for (let at = 1; at < ends.length; at++) offsets[mask + at] = end + ends[at]! - ends[0]!;
    mask += ownSizes.length / 2;
    end += lengths[part]!;
  }
  return { counts, offsets, sizes };
}

/** Some of the masks, in that order. */
export function gatherMasks({ counts, offsets, sizes }: MaskArrays, rows: ArrayLike<number>): MaskArrays {
  const ends = new Uint32Array(rows.length + 1);
  for (let at = 0; at < rows.length; at++) {
    ends[at + 1] = ends[at]! + offsets[rows[at]! + 1]! - offsets[rows[at]!]!;
  }
  const gathered = { counts: new Uint8Array(ends.at(-1)!), offsets: ends, sizes: new Uint32Array(2 * rows.length) };
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    gathered.counts.set(counts.subarray(offsets[row], offsets[row + 1]), ends[at]);
    gathered.sizes.set(sizes.subarray(2 * row, 2 * row + 2), 2 * at);
  }
  return gathered;
}
