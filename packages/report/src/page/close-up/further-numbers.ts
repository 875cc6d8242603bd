import type { ReportData } from '../../report-data.ts';
import { numberWords } from '../cells/deciding-at.ts';
import { wordsAt } from '../cells/words-at.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import { fullNumber } from '../words.ts';

/** What is known of a cell beside what its own strategies say, as names and words. */
export function furtherNumbers(data: ReportData, index: number): (readonly [name: string, value: string])[] {
  const { folder, folders } = data.cells;
  const at = folder?.[index];
  const numbers = numbersOf(data).slice(data.strategies.length);
  return [
    ...numbers.flatMap(({ words, values, shows, say, whose }, at) => {
      const value = values(shows)[index]!;
      if (Number.isNaN(value)) return [];
      // By image it comes from one of many boxes.
      const isNamed = whose === 'second' && data.by === 'image';
      return [
        [words, isNamed ? numberWords(data, index, data.strategies.length + at) : fullNumber(value, say)] as const,
      ];
    }),
    ...wordsAt(data, index),
    ...(at == null || folders[at] === '' ? [] : [['folder', folders[at]!] as const]),
  ];
}
