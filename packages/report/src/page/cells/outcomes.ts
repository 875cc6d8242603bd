import { outcomePairs } from '../../outcome-pairs.ts';
import type { OutcomePair } from '../../outcome-pairs.ts';
import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from './box-at.ts';

/** What became of a box: found and drawn alike; found, and drawn as another class or not at all;
 * drawn, and not found.
 */
export type Outcome = 'true' | 'false' | 'missed';

/** Each outcome, a word for it, and what it means. */
export const outcomes: readonly (readonly [outcome: Outcome, name: string, words: string])[] = [
  ['true', 'Right', 'found, and drawn as this class'],
  ['false', 'False', 'found, and drawn as another class or not at all'],
  ['missed', 'Missed', 'drawn, and not found'],
];

export function outcomeOf([drawn, found]: OutcomePair): Outcome {
  if (found < 0) return 'missed';
  return drawn === found ? 'true' : 'false';
}

/** The pairs of each cell, looked up once. */
export function pairsOfCells({ cells }: Pick<ReportData, 'cells'>): (index: number) => readonly OutcomePair[] {
  const known: (readonly OutcomePair[])[] = [];
  return (index) => (known[index] ??= outcomePairs(cells, index));
}

/** How many pairs there are of what was drawn and found, and in how many cells. */
export interface CountedPairs {
  readonly pairs: number;
  readonly cells: number;
}

/** Counts the pairs of all cells. */
export function countPairs({
  cells,
  labels,
}: Pick<ReportData, 'cells' | 'labels'>): (pair: OutcomePair) => CountedPairs {
  const counts = new Map<number, { pairs: number; cells: number; last: number }>();
  const keyOf = ([drawn, found]: OutcomePair): number => (drawn + 1) * (labels.length + 1) + found + 1;
  for (let index = 0; index < cells.id.length; index++)
    for (const pair of outcomePairs(cells, index)) {
      const key = keyOf(pair);
      const count = counts.get(key) ?? { ...none, last: -1 };
      count.pairs++;
      if (count.last !== index) count.cells++;
      count.last = index;
      counts.set(key, count);
    }
  return (pair) => counts.get(keyOf(pair)) ?? none;
}

const none: CountedPairs = { pairs: 0, cells: 0 };

/** A pair in words: `drawn cat, found dog`. */
export function pairWords({ labels }: Pick<ReportData, 'labels'>, [drawn, found]: OutcomePair): string {
  if (found < 0) return `drawn ${labels[drawn]}, not found`;
  return `${drawn < 0 ? 'nothing drawn' : `drawn ${labels[drawn]}`}, found ${labels[found]}`;
}

/** What became of one box of a picture; nothing where nobody compared it. */
export function partnerWords(
  { labels }: Pick<ReportData, 'labels'>,
  { layer, label, partner }: Pick<KnownBox, 'layer' | 'label' | 'partner'>,
): string {
  if (partner === null) return '';
  if (partner === label) return 'right';
  if (layer > 0) return partner < 0 ? 'not found' : `found as ${labels[partner]}`;
  return partner < 0 ? 'nothing drawn' : `drawn as ${labels[partner]}`;
}
