import { counted, countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import type { Progress } from './answering.ts';
import { isSeen } from './question.ts';
import type { Question } from './question.ts';
import type { NotAsked } from './picture-groups.ts';
import type { QuestionOrder } from './question-queue.ts';

/** What is asked. */
export function questionWords({ labels }: ReportData, question: Question): string {
  if (question.kind === 'picture') return 'Anything missed?';
  const [one, two] = question.proposed.filter(isSeen).map(({ label }) => labels[label]!);
  if (one === undefined) return 'What is in the box?';
  return two === undefined ? `In the box: ${one}?` : `In the box: ${one} or ${two}?`;
}

/** `12 answered, 188 left, 21 a minute`. */
export function progressWords({ answered, left, perMinute }: Progress): string {
  const pace = perMinute === null ? [] : [`${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)} a minute`];
  return [`${countText(answered)} answered`, `${countText(left)} left`, ...pace].join(', ');
}

/** Why it is not asked of some pictures what was missed, and what to do; empty where it is of all.
 */
export function notAskedWords({ parts, lacking, others }: NotAsked): string {
  const reasons = [
    ...(parts > 0
      ? [
          `of ${counted(parts, 'picture')}, of which this page has parts alone: try qualm serve, --by image, or a larger --picture-budget`,
        ]
      : []),
    ...(lacking > 0
      ? [`of ${counted(lacking, 'picture')}, of which this page lacks boxes: make it --by image, or with more --cells`]
      : []),
    ...(others > 0 ? [`of ${counted(others, 'picture')}, not all boxes of which are shown or selected`] : []),
  ];
  return reasons.length === 0 ? '' : `Anything missed? is not asked ${reasons.join('; nor ')}.`;
}

export const orderWords: Readonly<Record<QuestionOrder, string>> = {
  information: 'most information a second',
  pictures: 'picture by picture',
  grid: 'as the grid is sorted',
  random: 'at random: a fair sample',
};

/** What can be done beside answering. */
export const hints = {
  box: 'Arrows move the box, with Shift ten times as far; with Ctrl its right and lower edge. Drag it, its grips, or a new one. w: whole picture, r: the model’s box.',
  picture: 'Drag a box over what is missed and name it. Then go on.',
} as const;
