import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import { decidingOf } from '../cells/deciding-at.ts';
import type { ViewState } from '../view-state.ts';

/** Gives the cells that are asked for, as places: least sure first unless reversed; those without a
 * number last, equal ones in their order.
 */
export type CellSelector = (state: ViewState, marks: Marks) => number[];

/** A selector that sorts again only where the order that is asked for is another one. */
export function createCellSelector(data: ReportData): CellSelector {
  const texts: string[][] = data.strategies.map(() => []);
  let [sortedBy, sorted] = ['', [] as readonly number[]];
  return (state, marks) => {
    const { sort, reversed, percent } = state;
    const by = `${sort},${reversed}`;
    if (by !== sortedBy) [sortedBy, sorted] = [by, sortedCells(data, sort, reversed)];
    const counted = percent < 100 ? sorted.slice(0, Math.ceil((percent / 100) * sorted.length)) : sorted;
    const tests = testsOf(data, state, marks, texts[sort]!);
    return counted.filter((index) => tests.every((isAsked) => isAsked(index)));
  };
}

function sortedCells({ cells, strategies }: ReportData, sort: number, reversed: boolean): number[] {
  const sign = (strategies[sort]!.order === 'ascending') === reversed ? -1 : 1;
  const keys = Float64Array.from(cells.values[sort]!, (value) => (value === null ? Infinity : sign * value));
  return Array.from(keys, (_, index) => index).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

type Test = (index: number) => boolean;

/** Only what is asked for costs anything. */
function testsOf(data: ReportData, state: ViewState, marks: Marks, texts: string[]): Test[] {
  const { cells, labels } = data;
  const { sort, label, pair, words, minScore, maxScore, from, to, mark } = state;
  const { id } = cells;
  const deciding = decidingOf(data, sort);
  const { score } = deciding;
  const values = cells.values[sort]!;
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (index: number): string =>
    (texts[index] ??=
      `${cells.image[index]} ${labels[deciding.label[index]!] ?? ''} ${labels[deciding.second[index]!] ?? ''}`.toLowerCase());
  const tests: [boolean, Test][] = [
    [label !== null, (index) => deciding.label[index] === label],
    [pair !== null, (index) => deciding.label[index] === pair![0] && deciding.second[index] === pair![1]],
    [minScore > 0, (index) => (score[index] ?? -1) >= minScore],
    [maxScore < 1, (index) => (score[index] ?? 2) <= maxScore],
    [from !== null, (index) => (values[index] ?? -Infinity) >= from!],
    [to !== null, (index) => (values[index] ?? Infinity) < to!],
    [mark !== null, (index) => isMarked(marks, id[index]!, mark!)],
    [parts.length > 0, (index) => parts.every((part) => textOf(index).includes(part))],
  ];
  return tests.filter(([isOn]) => isOn).map(([, test]) => test);
}

function isMarked(marks: Marks, id: string, wanted: string): boolean {
  const mark = marks.get(id);
  if (wanted.startsWith('#')) return mark?.tags.includes(wanted.slice(1)) ?? false;
  return (mark?.verdict ?? 'none') === wanted;
}
