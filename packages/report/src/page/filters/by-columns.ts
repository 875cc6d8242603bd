import type { ReportData } from '../../report-data.ts';
import { columnFilter } from './filter.ts';
import type { Filter, Test } from './filter.ts';

/** What is asked for, by the names of columns. */
export type ColumnWords = Readonly<Record<string, string>>;

const noWords: ColumnWords = {};

/** Words that cells bring along: each cell has to have all that are asked for. */
export const columns: Filter<ColumnWords> = columnFilter<ColumnWords>({
  off: noWords,
  read(text, { wordColumns = [] }) {
    const asked = [...new URLSearchParams(text)];
    return Object.fromEntries(asked.filter(([name]) => wordColumns.includes(name)));
  },
  write: (wanted) => new URLSearchParams(wanted).toString(),
  test(wanted, data) {
    const tests = Object.entries(wanted).map(([name, word]) => has(data, name, word));
    return (index) => tests.every((test) => test(index));
  },
  chips: (wanted) =>
    Object.entries(wanted).map(([name, word]) => ({ words: `${name}: ${word}`, rest: withWord(wanted, name, null) })),
});

/** The same words with another one of a column; null takes it away. */
export function withWord(all: ColumnWords, name: string, word: string | null): ColumnWords {
  if (word === null && !Object.hasOwn(all, name)) return all;
  const { [name]: _, ...others } = all;
  return word === null ? others : { ...others, [name]: word };
}

function has({ cells, wordColumns = [] }: ReportData, name: string, word: string): Test {
  const { values, places } = cells.words![wordColumns.indexOf(name)]!;
  const place = values.indexOf(word);
  return (index) => places[index] === place;
}
