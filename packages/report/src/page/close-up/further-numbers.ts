import type { ReportData } from '../../report-data.ts';
import { wordsAt } from '../cells/words-at.ts';
import { numbersOf } from '../numbers/numbers-of.ts';

/** What is known of a cell beside what its own strategies say, as names and words. */
export function furtherNumbers(data: ReportData, index: number): (readonly [name: string, value: string])[] {
  const { folder, folders } = data.cells;
  const at = folder?.[index];
  const numbers = numbersOf(data).slice(data.strategies.length);
  return [
    ...numbers.flatMap(({ words, values, strategy, say }) => {
      const value = values(strategy)[index]!;
      return Number.isNaN(value) ? [] : [[words, say(value)] as const];
    }),
    ...wordsAt(data, index),
    ...(at == null || folders[at] === '' ? [] : [['folder', folders[at]!] as const]),
  ];
}
