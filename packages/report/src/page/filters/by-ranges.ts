import type { ReportData } from '../../report-data.ts';
import { shownBy } from '../cells/deciding-at.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import { rangeWords } from '../numbers/number-range.ts';
import type { NumberRange } from '../numbers/number-range.ts';
import type { PageNumber } from '../numbers/page-number.ts';
import type { Filter, Test } from './filter.ts';

/** What stretches are asked for, by the keys of numbers. */
export type NumberRanges = Readonly<Record<string, NumberRange>>;

const noRanges: NumberRanges = {};

/** Numbers within stretches: each cell has to be in all of them. */
export const ranges: Filter<NumberRanges> = {
  off: noRanges,
  read(text, data) {
    const keys = new Set(numbersOf(data).map(({ key }) => key));
    const found = text.split(',').flatMap((part) => {
      const [name = '', from = '', to = ''] = part.split(':');
      const key = decoded(name);
      const range: NumberRange = [endOf(from), endOf(to)];
      return keys.has(key) && range.some((end) => end !== null) ? [[key, range] as const] : [];
    });
    return Object.fromEntries(found);
  },
  write: (wanted) =>
    Object.entries(wanted)
      .map(([key, [from, to]]) => `${encodeURIComponent(key)}:${from ?? ''}:${to ?? ''}`)
      .join(','),
  over: (data) => ({
    test(wanted, { sort }) {
      const tests = asked(wanted, data).map(([number, range]) => within(number.values(shownBy(data, sort)), range));
      const [only] = tests;
      return only && tests.length === 1 ? only : (index) => tests.every((test) => test(index));
    },
  }),
  chips: (wanted, data) =>
    asked(wanted, data).map(([number, range]) => ({
      words: `${number.words} ${rangeWords(number, range)}`,
      rest: withRange(wanted, number.key, null),
    })),
};

/** The same stretches with another one of a number; null takes it away. */
export function withRange(all: NumberRanges, key: string, range: NumberRange | null): NumberRanges {
  const { [key]: _, ...others } = all;
  return range === null || range.every((end) => end === null) ? others : { ...others, [key]: range };
}

function asked(wanted: NumberRanges, data: ReportData): [PageNumber, NumberRange][] {
  return numbersOf(data).flatMap((number) => {
    const range = Object.hasOwn(wanted, number.key) ? wanted[number.key] : undefined;
    return range ? [[number, range]] : [];
  });
}

/** NaN is within nothing. */
function within(values: Float64Array, [from, to]: NumberRange): Test {
  const [low, high] = [from ?? -Infinity, to ?? Infinity];
  if (high === Infinity) return (index) => values[index]! >= low;
  return (index) => values[index]! >= low && values[index]! < high;
}

function endOf(text: string): number | null {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
