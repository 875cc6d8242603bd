import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import type { AnsweredCells } from '../answered/answered-cells.ts';

/** One way to narrow the grid. What it is asked for is a value that the address keeps. */
export interface Filter<Value> {
  /** Lets all cells through. */
  readonly off: Value;
  /** The value that an address means; `off` for what it cannot mean. */
  read(text: string, data: ReportData): Value;
  /** As an address has it. Default as `String` does. */
  write?(value: Value): string;
  /** The same for the cells of a page; asked once, so it may keep what it looks up. */
  over(data: ReportData): CellFilter<Value>;
  /** What a chip says, which takes the filter away; absent where a control of its own says it. */
  words?(value: Value, data: ReportData, sort: number): string;
  /** The same where several chips say it: what each says, and what is left without it. */
  chips?(value: Value, data: ReportData): readonly { readonly words: string; readonly rest: Value }[];
}

/** A filter of a page's cells. */
export interface CellFilter<Value> {
  /** Says which cells, by their places, are let through; asked once for all. */
  test(value: Value, seen: Seen): Test;
}

/** What else people see. */
export interface Seen {
  /** A place in `numbersOf`: cells show what its number comes from. */
  readonly sort: number;
  readonly marks: Marks;
  readonly answered: Pick<AnsweredCells, 'state'>;
}

export type Test = (index: number) => boolean;

/** A filter by numbers or names that a column has, which need no keeping. */
export function columnFilter<Value>(
  filter: Omit<Filter<Value>, 'over'> & {
    readonly test: (value: Value, data: ReportData, seen: Seen) => Test;
  },
): Filter<Value> {
  const { test, ...rest } = filter;
  return { ...rest, over: (data) => ({ test: (value, seen) => test(value, data, seen) }) };
}

/** A whole number from 0 to below an end; null for all else. */
export function readPlace(text: string | undefined, below: number): number | null {
  const value = text !== undefined && /^\d+$/.test(text) ? Number(text) : NaN;
  return value < below ? value : null;
}
