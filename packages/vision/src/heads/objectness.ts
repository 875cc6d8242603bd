import type { Anchors, ScoreMatrix } from '@qualm/types';
import { below } from './activation.ts';

/** The scores of anchors whose objectness stands just before their class scores: the product of
 * both.
 * @param numbers where they lie, from the objectness of the first anchor on.
 */
export function createObjectness(
  output: string,
  { data, offset, numAnchors, anchorStride }: Omit<ScoreMatrix, 'numClasses' | 'classStride'>,
  numClasses: number,
): Pick<Anchors, 'scores' | 'raw' | 'activation'> {
  const shared = { data, numAnchors, anchorStride, classStride: 1 };
  return {
    scores: { ...shared, offset: offset + 1, numClasses },
    // One pass reads both.
    raw: [{ output, matrix: { ...shared, offset, numClasses: numClasses + 1 }, wanted: 'scores' }],
    activation: {
      floor: (anchor, threshold) => {
        const objectness = data[offset + anchor * anchorStride]!;
        return objectness > threshold ? below(threshold / objectness) : Infinity;
      },
      score: (anchor, raw) => data[offset + anchor * anchorStride]! * raw,
    },
  };
}
