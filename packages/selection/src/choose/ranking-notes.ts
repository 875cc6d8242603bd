import { assertOptions, counted, strategyWords } from '@qualm/types';
import { assertRanking } from '../assert-arguments.ts';
import type { Ranking } from '../rank/rank-predictions.ts';
import type { ScanCounts } from '../scan/scan-predictions.ts';
import type { RankingChoice } from './ranking-choice.ts';
import { needsDistribution } from './strategy-questions.ts';

/** What options are called where notes name them. */
export interface OptionNames {
  readonly strategy: string;
  readonly minScore: string;
  readonly empty: string;
  /** What keeps all scores, and drops faint boxes, when predictions are made. */
  readonly keepScores: string;
  readonly dropFaint: string;
  /** What gives fonts to pictures. */
  readonly fonts: string;
}

export const libraryNames: OptionNames = {
  strategy: 'strategy',
  minScore: 'minScore',
  empty: 'empty',
  keepScores: "form: 'class_scores'",
  dropFaint: 'minScore',
  fonts: 'fonts',
};

/** Where images without a box come, or the number that they get. */
export type EmptyPolicy = 'first' | 'last' | number;

/** What the user should know of a ranking: how it was chosen, what a threshold left out, and what
 * has no number.
 * @param names what the options are called; those of the library when absent.
 */
export function rankingNotes(ranking: Ranking, names: OptionNames = libraryNames): string[] {
  assertRanking('rankingNotes', ranking);
  assertOptions('rankingNotes', names, "{ strategy: '--strategy' }", 'names');
  const { choice, counts, empty, warnings } = ranking;
  const { minScore, set, strategy } = choice;
  const { notANumber } = counts;
  const threshold = Math.max(minScore, set.minScore ?? 0);
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...choiceNotes(choice, names),
    ...thresholdNotes(
      counts,
      { threshold, where: emptyWords(empty).map((words) => `${words} (${names.empty})`) },
      names,
    ),
    ...(notANumber > 0 ? [`${strategy.name} is NaN for ${nanWords(notANumber)}`] : []),
  ];
}

/** What the user should know of how a ranking was chosen. */
export function choiceNotes(choice: RankingChoice, names: OptionNames = libraryNames): string[] {
  assertOptions('choiceNotes', choice, 'the choice of a ranking', 'its choice');
  assertOptions('choiceNotes', choice.set, 'the choice of a ranking', 'the set of its choice');
  assertOptions('choiceNotes', names, "{ strategy: '--strategy' }", 'names');
  return [...strategyNotes(choice, names), ...droppedNotes(choice, names)];
}

function* strategyNotes({ strategy: { name }, isAsked, set }: RankingChoice, names: OptionNames): Generator<string> {
  const { form, labels, scoreKind } = set;
  if (scoreKind === undefined && !isAsked) {
    yield (
      'these predictions do not say whether their scores are one distribution or independent, so margin ranks them; ' +
      `predict again, or choose a ${names.strategy}`
    );
  }
  if (labels.length === 1) return;
  if (form === 'detections') {
    yield (
      `these predictions keep one score of each box, s: ${strategyWords(name)} is that of [s, 1 - s], and may rank ` +
      `otherwise than with the scores of all classes (predict ${names.keepScores})`
    );
  } else if (scoreKind === 'independent' && needsDistribution(name)) {
    yield name === 'margin'
      ? 'the scores are independent, so margin is nearly the best score itself and the faintest boxes come first; ' +
        'label-entropy, presence and ratio ask what it does not'
      : `the scores are independent, and ${strategyWords(name)} takes them for one distribution, in which a faint box ` +
        'looks like a sure one; label-entropy does not';
  }
}

function droppedNotes({ set, askedMinScore }: RankingChoice, { dropFaint }: OptionNames): string[] {
  const { task, minScore: dropped = 0 } = set;
  if (task === 'classification' || dropped <= askedMinScore) return [];
  return [
    `boxes below ${dropped} were left out when these were predicted (predict ${dropFaint}), and with them what is least sure`,
  ];
}

/** What a threshold left out, in words.
 * @param where what becomes of an image without a box, and of several.
 */
export function thresholdNotes(
  { belowMinScore, withoutBoxes }: Pick<ScanCounts, 'belowMinScore' | 'withoutBoxes'>,
  { threshold, where }: { readonly threshold: number; readonly where: readonly string[] },
  { minScore }: OptionNames = libraryNames,
): string[] {
  const [below, noBox] = [` below ${threshold} (${minScore})`, ` no box of ${threshold} or more`];
  return [
    ...(belowMinScore > 0 ? [`${counted(belowMinScore, `box${below} is`, `boxes${below} are`)} not counted`] : []),
    ...(withoutBoxes > 0
      ? [counted(withoutBoxes, `image has${noBox} and ${where[0]!}`, `images have${noBox} and ${where[1]!}`)]
      : []),
  ];
}

/** Where an image without a box comes, and where several do. */
export function emptyWords(empty: EmptyPolicy): [one: string, several: string] {
  return typeof empty === 'number' ? [`counts as ${empty}`, `count as ${empty}`] : [`comes ${empty}`, `come ${empty}`];
}

function nanWords(count: number): string {
  return counted(count, 'box, which comes last with its image', 'boxes, which come last with their images');
}
