import { countText } from '@qualm/types';
import type { Answer, Answers } from '../../answers/answer.ts';
import { boxesOfCell } from '../../answers/pictures.ts';
import type { AskedPicture, AskedPictures } from '../../answers/pictures.ts';
import { boxFields } from '../../report-data.ts';
import type { ReportData } from '../../report-data.ts';
import { isOfSecond } from '../cells/shown-boxes.ts';
import { isWhole, isWholeAsked } from '../questions/question.ts';
import { boxAnswerWords, listedAnswerWords, missedWords, spokenAnswer } from './answer-words.ts';

/** How much of what is asked about a cell was answered. */
export const answerStates = ['all', 'some', 'none'] as const;
export type AnswerState = (typeof answerStates)[number];

/** What people answered about a cell. */
export interface CellAnswers {
  readonly state: Exclude<AnswerState, 'none'>;
  /** In a few words: `→ airplane`, `no object`; of an image `3 of 5 answered`, `1 missed`. */
  readonly words: string;
  /** The same where it stands alone: `answered airplane`. */
  readonly spoken: string;
  /** One after the other, and who gave it. */
  readonly listed: readonly string[];
}

/** Cells, and what was answered about them. */
export interface AnsweredCells {
  /** Null where nothing was. */
  of(cell: number): CellAnswers | null;
  /** Null where nothing is asked. */
  state(cell: number): AnswerState | null;
  readonly counts: () => AnswerCounts;
  /** Takes over what was answered, or taken back, since. */
  refresh(): void;
}

/** Cells about which all was answered, or a part. */
export type AnswerCounts = Readonly<Record<CellAnswers['state'], number>>;

/** Looks again only at pictures about which somebody has answered since the last look. */
export function createAnsweredCells(data: ReportData, pictures: AskedPictures, answers: Answers): AnsweredCells {
  const seen = new Map<string, Answer>();
  const known = new Map<number, CellAnswers>();
  const counts = { all: 0, some: 0 };

  function refresh(): void {
    const changed = new Set<AskedPicture>();
    for (const key of new Set([...seen.keys(), ...answers.keys()])) {
      const now = answers.get(key);
      if (seen.get(key) === now) continue;
      if (now) seen.set(key, now);
      else seen.delete(key);
      const picture = pictures.find(key);
      if (picture) changed.add(picture);
    }
    for (const picture of changed) for (const cell of picture.cells) look(picture, cell);
  }

  function look(picture: AskedPicture, cell: number): void {
    const before = known.get(cell);
    if (before) counts[before.state] -= 1;
    const now = answersOf(data, picture, cell, answers);
    if (!now) return void known.delete(cell);
    counts[now.state] += 1;
    known.set(cell, now);
  }

  refresh();
  return {
    refresh,
    of: (cell) => known.get(cell) ?? null,
    counts: () => counts,
    state(cell) {
      const picture = pictures.of(cell);
      if (!picture) return null;
      const isAsked =
        isOfSecond(data, cell) || hasOwnBox(data.cells, cell) || (data.by === 'image' && isWhole(data, picture));
      return known.get(cell)?.state ?? (isAsked ? 'none' : null);
    },
  };
}

/** Whether the model found anything in it, without reading what that is: all cells are asked. */
function hasOwnBox({ boxes }: ReportData['cells'], cell: number): boolean {
  const numbers = boxes[cell]!;
  for (let start = 0; start < numbers.length; start += boxFields) if (numbers[start] === 0) return true;
  return false;
}

function answersOf(data: ReportData, picture: AskedPicture, cell: number, answers: Answers): CellAnswers | null {
  const { width, height } = data.cells;
  const size = { width: width[cell]!, height: height[cell]! };
  const boxes = boxesOfCell(data, picture.image, cell);
  const given = boxes.flatMap((box) => {
    const answer = answers.get(box.key);
    return answer ? [{ box, answer, words: boxAnswerWords(box, answer, size) }] : [];
  });
  if (data.by === 'box') {
    const [one] = given;
    if (!one) return null;
    const { words, answer } = one;
    return { state: 'all', words, spoken: spokenAnswer(words), listed: [words + whoWords(answer)] };
  }
  const missed = answers.get(picture.key);
  const asked = boxes.length + (isWholeAsked(data, picture) ? 1 : 0);
  const count = given.length + (missed ? 1 : 0);
  if (count === 0) return null;
  const listed = given.map(({ box, answer, words }) => listedAnswerWords(data, box, words) + whoWords(answer));
  if (missed) listed.push(missedList(missed) + whoWords(missed));
  if (count < asked) {
    const part = `${countText(count)} of ${countText(asked)} answered`;
    return { state: 'some', words: part, spoken: part, listed };
  }
  const words = missed ? missedWords(missed) : 'answered';
  return { state: 'all', words, spoken: missed ? `answered, ${words}` : words, listed };
}

function missedList(missed: Answer): string {
  const names = (missed.objects ?? []).map(({ label }) => label).join(', ');
  return names === '' ? missedWords(missed) : `${missedWords(missed)}: ${names}`;
}

function whoWords({ who }: Answer): string {
  return who === '' ? '' : ` (${who})`;
}
