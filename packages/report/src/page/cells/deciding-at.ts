import { outcomePairs } from '../../outcome-pairs.ts';
import type { ReportData } from '../../report-data.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import type { PageNumber } from '../numbers/page-number.ts';
import { fullNumber, shortNumber } from '../words.ts';
import { outcomeWords } from './compared-at.ts';
import { isOfSecond, shownBoxes } from './shown-boxes.ts';
import type { ShownBoxes } from './shown-boxes.ts';

/** The strategy, by its place, that a number is about. */
export function strategyOf(data: ReportData, sort: number): number {
  return sort < data.strategies.length ? sort : numbersOf(data)[sort]!.strategy;
}

/** The boxes that cells show when they are sorted by a number, as `shownBoxes` counts them. */
export function shownBy(data: ReportData, sort: number): number {
  return sort < data.strategies.length ? sort : numbersOf(data)[sort]!.shows;
}

/** The boxes that cells show when they are sorted by a number: of a strategy those that its numbers
 * come from, and of what a second model says those of this one.
 */
export function decidingOf(data: ReportData, sort: number): ShownBoxes {
  return shownBoxes(data, shownBy(data, sort));
}

/** The number that a cell is sorted by, by its place in `numbersOf`: a box that only the second
 * model found has what that model says.
 */
export function sortOf(data: ReportData, index: number, sort: number): number {
  return isOfSecond(data, index) ? ofSecondModel(data, sort) : sort;
}

/** The number that the second model has of the same question; the same where it has none. */
export function ofSecondModel(data: ReportData, sort: number): number {
  const numbers = numbersOf(data);
  const { question } = numbers[sort]!;
  const other = numbers.findIndex((one) => one.whose === 'second' && one.question === question);
  return question === null ? sort : other;
}

/** What a cell's number is, null where it has none, and whether it is made of all boxes. */
export function numberAt(
  data: ReportData,
  index: number,
  sort: number,
): { readonly number: PageNumber; readonly value: number | null; readonly isOfAll: boolean } {
  const number = numbersOf(data)[sortOf(data, index, sort)]!;
  const value = number.values(number.shows)[index]!;
  const isOwn = sort < data.strategies.length || number.whose === 'second';
  const isOfAll = isOwn && decidingOf(data, sort).value[index] != null;
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
  const { label, second, score, secondScore } = decidingOf(data, sort);
  const one = (place: number, certainty: number | null): string[] =>
    place < 0 ? [] : [`${data.labels[place]}${certainty === null ? '' : ` ${digits(certainty)}`}`];
  const classes = [...one(label[index]!, score[index]!), ...one(second[index]!, secondScore[index]!)].join(' or ');
  return [classes, boxWords(data, index, sort)].filter(Boolean).join(', ');
}

/** Which box a cell shows: `box 13`, `box 13 of yolox`; nothing where nobody says. */
export function boxWords(data: ReportData, index: number, sort: number): string {
  const { box, layer } = decidingOf(data, sort);
  if (box[index]! < 0) return '';
  return layer[index] === 0 ? `box ${box[index]}` : `box ${box[index]} of ${data.layers[layer[index]!]}`;
}

const twoDecimals = (score: number): string => score.toFixed(2);

/** A cell's number and what it comes from: `0.0041: giraffe 0.21 or person 0.206, box 13`; where
 * it is made of all boxes, the one of greatest doubt with its own. */
export function numberWords(data: ReportData, index: number, sort: number): string {
  const { number, value, isOfAll } = numberAt(data, index, sort);
  const classes = decidingWords(data, index, sort, shortNumber);
  if (value === null) return noNumberWords(data, index, sort);
  const own = isOfAll ? decidingOf(data, sort).value[index]! : null;
  const from = own === null ? classes : `of all boxes; in greatest doubt ${fullNumber(own)}: ${classes}`;
  return [fullNumber(value, number.say), from].filter(Boolean).join(own === null ? ': ' : ' ');
}

/** Why a cell has no number. */
export function noNumberWords(data: ReportData, index: number, sort: number): string {
  const { box, label } = decidingOf(data, sort);
  if (isOfSecond(data, index)) return outcomeWords('onlySecond', data.layers);
  if (shownBy(data, sort) >= data.strategies.length) {
    const paired = data.cells.pairs?.[index];
    // Nobody asked the second model.
    if (paired == null) return 'no number';
    if (data.by === 'box' && paired.length === 0) return outcomeWords('onlyFirst', data.layers);
  }
  if (box[index]! < 0 && data.by === 'box' && outcomePairs(data.cells, index).some(([, found]) => found < 0))
    return 'not found';
  return box[index]! < 0 && label[index]! < 0 ? data.noBox : 'no number';
}
