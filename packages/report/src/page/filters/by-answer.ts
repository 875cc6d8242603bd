import { answerStates } from '../answered/answered-cells.ts';
import type { AnswerState } from '../answered/answered-cells.ts';
import { columnFilter } from './filter.ts';
import type { Filter } from './filter.ts';

export const answerNames: Readonly<Record<AnswerState, string>> = {
  all: 'answered',
  some: 'partly answered',
  none: 'not answered',
};

/** Cells about which all, a part or nothing was answered of what is asked. */
export const answered: Filter<AnswerState | null> = columnFilter<AnswerState | null>({
  off: null,
  read: (text) => answerStates.find((state) => state === text) ?? null,
  test:
    (wanted, _, { answered: { state } }) =>
    (index) =>
      state(index) === wanted,
  words: (wanted) => answerNames[wanted!],
});
