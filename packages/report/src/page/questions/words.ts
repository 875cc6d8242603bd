import type { ReportData } from '../../report-data.ts';
import { countWords } from '../words.ts';
import type { Progress } from './answering.ts';
import type { Question } from './question.ts';
import type { QuestionOrder } from './question-queue.ts';

/** What is asked. */
export function questionWords({ labels }: ReportData, question: Question): string {
  if (question.kind === 'picture') return 'Anything missed?';
  const [one, two] = question.proposed.map(({ label }) => labels[label]!);
  if (one === undefined) return 'What is in the box?';
  return two === undefined ? `In the box: ${one}?` : `In the box: ${one} or ${two}?`;
}

/** `12 answered, 188 left, 21 a minute`. */
export function progressWords({ answered, left, perMinute }: Progress): string {
  const pace = perMinute === null ? [] : [`${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)} a minute`];
  return [`${countWords(answered)} answered`, `${countWords(left)} left`, ...pace].join(', ');
}

export const orderWords: Readonly<Record<QuestionOrder, string>> = {
  information: 'most information a second',
  pictures: 'picture by picture',
  grid: 'as the grid is sorted',
  random: 'at random: a fair sample',
};

/** What can be done beside answering. */
export const hints = {
  box: 'Arrows move the box; with Shift, its right and lower edge. Drag it, its grips, or a new one. w: whole picture, r: the model’s box.',
  picture: 'Drag a box over what is missed and name it. Then go on.',
} as const;
