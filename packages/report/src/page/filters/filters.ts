import type { OutcomePair } from '../../outcome-pairs.ts';
import type { ReportData } from '../../report-data.ts';
import type { Outcome } from '../cells/outcomes.ts';
import type { AnswerState } from '../answered/answered-cells.ts';
import { answered } from './by-answer.ts';
import { label, pair } from './by-class.ts';
import type { ClassPair } from './by-class.ts';
import { columns } from './by-columns.ts';
import type { ColumnWords } from './by-columns.ts';
import { kind, outcome, taken } from './by-label.ts';
import { mark } from './by-mark.ts';
import type { ModelOutcome } from '../cells/compared-at.ts';
import { folder } from './by-folder.ts';
import { models } from './by-models.ts';
import { part } from './by-part.ts';
import { ranges } from './by-ranges.ts';
import type { NumberRanges } from './by-ranges.ts';
import { words } from './by-words.ts';
import type { Filter, Seen, Test } from './filter.ts';

/** What each filter is asked for, by what the address calls it. */
export interface FilterValues {
  readonly label: number | null;
  readonly pair: ClassPair | null;
  readonly words: string;
  readonly ranges: NumberRanges;
  readonly folder: string | null;
  readonly models: ModelOutcome | null;
  readonly mark: string | null;
  readonly answered: AnswerState | null;
  readonly part: string;
  readonly outcome: Outcome | null;
  readonly taken: OutcomePair | null;
  readonly kind: number | null;
  readonly columns: ColumnWords;
}

export type FilterKey = keyof FilterValues;

/** All filters. One more is a file, a line above and a line here. */
const filters: { readonly [Key in FilterKey]: Filter<FilterValues[Key]> } = {
  ...{ label, pair, words, ranges, folder, models, mark, answered, part, outcome, taken, kind, columns },
};

type AnyFilter = Filter<unknown>;
const entries = Object.entries(filters) as unknown as readonly (readonly [FilterKey, AnyFilter])[];

/** Nothing is asked for. */
export const noFilters = Object.fromEntries(entries.map(([key, { off }]) => [key, off])) as unknown as FilterValues;

/** What an address asks for. */
export function readFilters(asked: URLSearchParams, data: ReportData): FilterValues {
  const values = entries.map(([key, filter]) => {
    const text = asked.get(key);
    return [key, text === null ? filter.off : filter.read(text, data)];
  });
  return Object.fromEntries(values) as unknown as FilterValues;
}

/** The filters that are on, as an address has them. */
export function writeFilters(values: FilterValues): [key: FilterKey, text: string][] {
  return entries
    .filter(([key, filter]) => isOn(filter, values[key]))
    .map(([key, filter]) => [key, written(filter, values[key])]);
}

/** What a filter that is on says, and what the state is without it. */
export interface FilterChip {
  readonly words: string;
  readonly without: Partial<FilterValues>;
}

/** What the filters that are on say. */
export function filterChips(values: FilterValues, data: ReportData, sort: number): FilterChip[] {
  return entries.flatMap(([key, filter]) => {
    if (!isOn(filter, values[key])) return [];
    if (filter.chips)
      return filter
        .chips(values[key], data)
        .map(({ words: said, rest }) => ({ words: said, without: { [key]: rest } }));
    return filter.words ? [{ words: filter.words(values[key], data, sort), without: { [key]: filter.off } }] : [];
  });
}

/** Gives the tests of the filters that are on, for the cells of a page: only what is asked for
 * costs anything.
 */
export function createTests(data: ReportData): (values: FilterValues, seen: Seen) => Test[] {
  const ofCells = entries.map(([key, filter]) => ({ key, filter, cells: filter.over(data) }));
  return (values, seen) =>
    ofCells
      .filter(({ key, filter }) => isOn(filter, values[key]))
      .map(({ key, cells }) => cells.test(values[key], seen));
}

function isOn(filter: AnyFilter, value: unknown): boolean {
  return written(filter, value) !== written(filter, filter.off);
}

function written(filter: AnyFilter, value: unknown): string {
  return filter.write ? filter.write(value) : String(value);
}
