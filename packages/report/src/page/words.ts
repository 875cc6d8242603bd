import { counted, countText, isTiny, powerText, shortNumber as inThreeDigits } from '@qualm/types';
import type { ReportData } from '../report-data.ts';

/** A number with three significant digits, large ones without decimals: 0.00412, 2.5, 1,430,
 * <0.001.
 */
export function shortNumber(value: number): string {
  if (isTiny(value)) return inThreeDigits(value);
  const isLarge = Math.abs(value) >= 100;
  return isLarge && Math.abs(value) < 1e9 ? countText(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** The same with its sign, where it is told. */
export function signedNumber(value: number): string {
  return value > 0 && !isTiny(value) ? `+${shortNumber(value)}` : shortNumber(value);
}

/** What is said of a number, and where that is only that it is near to 0, how near. */
export function fullNumber(value: number, say: (value: number) => string = shortNumber): string {
  return isTiny(value) ? `${say(value)} (${powerText(value)})` : say(value);
}

/** What cells are: `1 box`, `12 boxes`, `1,000 images`. */
export function thingWords(by: ReportData['by'], count: number): string {
  return counted(count, by, things(by));
}

/** `boxes` or `images`. */
export function things(by: ReportData['by']): string {
  return by === 'box' ? 'boxes' : 'images';
}

/** With a capital. */
export function heading(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
