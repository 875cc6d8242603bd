import type { ReportData } from '../../report-data.ts';

/** The words that a cell brings along, with the names of their columns. */
export function wordsAt({ cells, wordColumns = [] }: ReportData, index: number): [name: string, word: string][] {
  return wordColumns.flatMap((name, at): [string, string][] => {
    const { values, places } = cells.words![at]!;
    const place = places[index];
    return place == null ? [] : [[name, values[place]!]];
  });
}
