import type { ReportData } from '../../report-data.ts';
import { decidingOf } from '../cells/deciding-at.ts';
import { shortNumber } from '../words.ts';
import { columnFilter } from './filter.ts';
import type { Filter } from './filter.ts';

/** Scores of at least so much. */
export const minScore: Filter<number> = scoreEnd(0, (score, end) => score >= end);

/** Scores of at most so much. */
export const maxScore: Filter<number> = scoreEnd(1, (score, end) => score <= end);

/** What the strategy says: this end counts; null is none. */
export const from: Filter<number | null> = valueEnd((value, end) => value >= end, 'from');

/** What the strategy says: this end does not count; null is none. */
export const to: Filter<number | null> = valueEnd((value, end) => value < end, 'below');

function scoreEnd(off: number, isWithin: (score: number, end: number) => boolean): Filter<number> {
  return columnFilter({
    off,
    read(text) {
      const value = Number(text);
      return text.trim() !== '' && value >= 0 && value <= 1 ? value : off;
    },
    test(end, data, { sort }) {
      const { score } = decidingOf(data, sort);
      // NaN is within nothing.
      return (index) => isWithin(score[index] ?? NaN, end);
    },
  });
}

function valueEnd(isWithin: (value: number, end: number) => boolean, word: string): Filter<number | null> {
  const nameOf = ({ strategies }: ReportData, sort: number): string => strategies[sort]!.words;
  return columnFilter<number | null>({
    off: null,
    read: (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null),
    test(end, { cells }, { sort }) {
      const values = cells.values[sort]!;
      return (index) => isWithin(values[index] ?? NaN, end!);
    },
    words: (end, data, sort) => `${nameOf(data, sort)} ${word} ${shortNumber(end!)}`,
  });
}
