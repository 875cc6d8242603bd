import type { SqlColumn, SqlValue } from '@qualm/sql';
import stringWidth from 'string-width';
import { printable } from '@qualm/types';
import { fitText } from './fit-text.ts';
import { valueText } from './value-text.ts';
import { isImageType, isNumeric, valueType } from './value-type.ts';

/** A table for people. */
export interface TextTable {
  readonly lines: readonly string[];
  /** Columns that there was no room for. */
  readonly hidden: readonly string[];
}

/** A narrower column says nothing. */
const leastWidth = 8;
/** What no cell is wider than, where the terminal has no width. */
const mostWidth = 80;

/** Rows as a table that is no wider than the terminal: numbers to the right, values that are too
 * long cut with an ellipsis, and where there are too many columns the last ones left out.
 * @param rows values in the order of the columns.
 * @param width columns of the terminal; null when it is not a terminal; then only cells are cut.
 */
export function tableText(
  columns: readonly SqlColumn[],
  rows: readonly (readonly SqlValue[])[],
  width: number | null,
): TextTable {
  const laidOut = columns.map(({ name, type: text }, at) => {
    const type = valueType(text);
    const cells = [printable(name), ...rows.map((row) => valueText(row[at]!, type))];
    const natural = Math.max(1, ...cells.map((cell) => stringWidth(cell)));
    return { name, cells, natural, isRight: isNumeric(type), keep: isImageType(type) ? 'end' : 'start' } as const;
  });
  const widths = fitWidths(
    laidOut.map(({ natural }) => natural),
    width,
  );
  const shown = laidOut.slice(0, widths.length);
  const line = (row: number): string =>
    shown
      .map(({ cells, isRight, keep }, at) => {
        const cell = fitText(cells[row]!, widths[at]!, { keep });
        const space = ' '.repeat(widths[at]! - stringWidth(cell));
        return isRight ? space + cell : cell + space;
      })
      .join(' │ ')
      .trimEnd();
  const rule = widths.map((columnWidth) => '─'.repeat(columnWidth)).join('─┼─');
  const lines = [line(0), rule, ...rows.map((_, row) => line(row + 1))];
  return { lines, hidden: laidOut.slice(widths.length).map(({ name }) => name) };
}

/** The widths of the columns that fit: narrow ones keep theirs, wide ones share what is left. */
function fitWidths(natural: readonly number[], width: number | null): number[] {
  if (width === null) return natural.map((one) => Math.min(one, mostWidth));
  const least = natural.map((one) => Math.min(one, leastWidth));
  const count = countThatFit(least, width);
  const kept = natural.slice(0, count);
  let left = width - 3 * (count - 1);
  const widths = new Array<number>(count).fill(0);
  const narrowFirst = kept.map((_, at) => at).sort((a, b) => kept[a]! - kept[b]!);
  narrowFirst.forEach((at, done) => {
    widths[at] = Math.max(1, Math.min(kept[at]!, Math.floor(left / (count - done))));
    left -= widths[at];
  });
  return widths;
}

function countThatFit(least: readonly number[], width: number): number {
  let used = -3;
  const over = least.findIndex((one) => (used += one + 3) > width);
  return over === -1 ? least.length : Math.max(1, over);
}
