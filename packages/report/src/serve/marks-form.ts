import type { ReportData } from '../report-data.ts';
import { markedCells, marksFormat } from '../selection.ts';
import type { Mark } from '../selection.ts';
import type { KeptForm } from './kept-file.ts';

/** What a file of the marks of a report looks like. */
export function marksForm(data: ReportData): KeptForm<Mark> {
  return {
    ...{ ...marksFormat, list: 'selection' },
    whyAnother: 'Earlier marks named a box by its place, which boxes of other models have too; ',
    contents: (all) => ({ ...markedCells(data, all) }),
  };
}
