import { outcomePairs } from '../../outcome-pairs.ts';
import type { DecidingColumns, ReportData } from '../../report-data.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import type { PageNumber } from '../numbers/page-number.ts';
import { shortNumber } from '../words.ts';

/** The strategy, by its place, whose boxes cells show when they are sorted by a number. */
export function strategyOf(data: ReportData, sort: number): number {
  return sort < data.strategies.length ? sort : numbersOf(data)[sort]!.strategy;
}

/** The boxes that cells show when they are sorted by a number: of a strategy those that its numbers
 * come from.
 */
export function decidingOf(data: ReportData, sort: number): DecidingColumns {
  const { deciding } = data.cells;
  return deciding[strategyOf(data, sort)] ?? deciding[0]!;
}

/** What a cell's number is, null where it has none, and whether it is made of all boxes. */
export function numberAt(
  data: ReportData,
  index: number,
  sort: number,
): { readonly number: PageNumber; readonly value: number | null; readonly isOfAll: boolean } {
  const number = numbersOf(data)[sort]!;
  const value = number.values(number.strategy)[index]!;
  const isOfAll = sort < data.strategies.length && decidingOf(data, sort).value[index] != null;
  return { number, value: Number.isNaN(value) ? null : value, isOfAll };
}

/** What a cell's number comes from, such as `giraffe 0.21 or person 0.21, box 13`; nothing for a
 * cell without classes.
 */
export function decidingWords(
  data: ReportData,
  index: number,
  sort: number,
  digits: (score: number) => string = twoDecimals,
): string {
  const { box, label, second, score, secondScore } = decidingOf(data, sort);
  const one = (place: number, certainty: number | null): string[] =>
    place < 0 ? [] : [`${data.labels[place]}${certainty === null ? '' : ` ${digits(certainty)}`}`];
  const classes = [...one(label[index]!, score[index]!), ...one(second[index]!, secondScore[index]!)].join(' or ');
  return [classes, box[index]! < 0 ? '' : `box ${box[index]}`].filter(Boolean).join(', ');
}

const twoDecimals = (score: number): string => score.toFixed(2);

/** A cell's number and what it comes from: `0.0041: giraffe 0.21 or person 0.206, box 13`; where
 * it is made of all boxes, the one of greatest doubt with its own. */
export function numberWords(data: ReportData, index: number, sort: number): string {
  const number = data.cells.values[sort]![index];
  const classes = decidingWords(data, index, sort, shortNumber);
  if (number == null) return noNumberWords(data, index, sort);
  const own = decidingOf(data, sort).value[index];
  const from = own == null ? classes : `of all boxes; in greatest doubt ${shortNumber(own)}: ${classes}`;
  return [shortNumber(number), from].filter(Boolean).join(own == null ? ': ' : ' ');
}

/** Why a cell has no number. */
export function noNumberWords(data: ReportData, index: number, sort: number): string {
  const { box, label } = decidingOf(data, sort);
  if (box[index]! < 0 && data.by === 'box' && outcomePairs(data.cells, index).some(([, found]) => found < 0))
    return 'not found';
  return box[index]! < 0 && label[index]! < 0 ? data.noBox : 'no number';
}
