import type { RankingChoice } from '../choose/ranking-choice.ts';
import { noBoxWords } from './no-box-words.ts';

/** A row of a list of images, as far as it tells of the box that decides. */
export interface DecidedRow {
  readonly boxes: number;
  readonly box_index: number | null;
  readonly label: string | null;
  readonly score: number | null;
  readonly second_label?: string | null;
  readonly second_score?: number | null;
}

/** What the number of an image comes from: `giraffe 0.21 or person 0.21, box 13`. Where it is made of all boxes that is the one of greatest doubt, and
 * where no box counts it says so.
 */
export function boxWords(
  { boxes, box_index: index, label, score, second_label: second, second_score: secondScore }: DecidedRow,
  { minScore, aggregation }: Pick<RankingChoice, 'minScore' | 'aggregation'>,
): string {
  if (index === null) return noBoxWords(minScore);
  const one = (name: string | null | undefined, certainty: number | null | undefined): string[] =>
    name == null || certainty == null ? [] : [`${name} ${certainty.toFixed(2)}`];
  const classes = [...one(label, score), ...one(second, secondScore)].join(' or ');
  return `${aggregation.which || boxes === 1 ? '' : 'in greatest doubt '}${classes}, box ${index}`;
}
