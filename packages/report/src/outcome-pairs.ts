import { boxFields, notCompared } from './report-data.ts';
import type { CellColumns } from './report-data.ts';

/** What people drew and what a model found of one thing, as places in `labels`; -1 where one of
 * them has nothing there.
 */
export type OutcomePair = readonly [drawn: number, found: number];

/** The pairs of a cell, each once: of its boxes that were compared with labels, and of drawn ones
 * that no box found.
 */
export function outcomePairs(
  { boxes, partners }: Pick<CellColumns, 'boxes' | 'partners'>,
  index: number,
): OutcomePair[] {
  const ofBoxes = partners?.[index];
  if (!ofBoxes) return [];
  const numbers = boxes[index]!;
  return ofBoxes.flatMap((partner, box): OutcomePair[] => {
    const [layer, label] = [numbers[box * boxFields]!, numbers[box * boxFields + 1]!];
    if (partner === notCompared) return [];
    if (layer === 0) return [[partner, label]];
    // A drawn box that was found is in the pair of the box that found it.
    return partner < 0 ? [[label, partner]] : [];
  });
}
