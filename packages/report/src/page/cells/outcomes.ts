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
