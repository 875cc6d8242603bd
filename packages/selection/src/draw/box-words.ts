import { assertFields } from '../assert-arguments.ts';
import type { RankedImage } from '../rank/image-list.ts';
import type { RankingChoice } from '../choose/ranking-choice.ts';
import { noBoxWords } from './no-box-words.ts';

/** A rival below this is nothing at two digits, and not worth naming. */
const leastRival = 0.005;

/** What the number of an image comes from: `giraffe 0.21 or person 0.21, box 13`. Where it is made
 * of all boxes, that is the box of greatest doubt; where no box counts, it says so.
 */
export function boxWords(
  image: Omit<RankedImage, 'rank'>,
  choice: Pick<RankingChoice, 'minScore' | 'aggregation'>,
): string {
  assertFields('boxWords', 'its image', image, ['boxes', 'box_index'], 'an image of a ranking');
  assertFields('boxWords', 'its choice', choice, ['minScore', 'aggregation'], 'the choice of a ranking');
  const { boxes, box_index: index, label, score, second_label: second, second_score: secondScore } = image;
  const { minScore, aggregation } = choice;
  if (index === null) return noBoxWords(minScore);
  const one = (name: string | null | undefined, certainty: number | null | undefined): string[] =>
    name == null || certainty == null ? [] : [`${name} ${certainty.toFixed(2)}`];
  const rival = (secondScore ?? 0) >= leastRival ? one(second, secondScore) : [];
  const classes = [...one(label, score), ...rival].join(' or ');
  return `${aggregation.which || boxes === 1 ? '' : 'in greatest doubt '}${classes}, box ${index}`;
}
