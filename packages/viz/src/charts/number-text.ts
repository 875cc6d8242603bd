import { countText, powerText } from '@qualm/types';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 7 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 });

/** A count in three or four characters.
 * @example shortCount(12345) // '12k'
 */
export function shortCount(count: number): string {
  return count < 1000 ? countText(count) : short.format(count).replace('K', 'k');
}

/** A number at a tick of an axis: short, however large or small, with as many decimals as its
 * neighbours.
 * @param ticks all of the axis
 * @example tickText(0.5, 0, [0.5, 0.55]) // '0.50'
 */
export function tickText(value: number, _place = 0, ticks: readonly number[] = [value]): string {
  const size = Math.abs(value);
  const largest = ticks.reduce((most, tick) => Math.max(most, Math.abs(tick)), 0);
  if (value === 0 && largest < 1e-4) return '0';
  if (size >= 1e15 || largest < 1e-4) return powerText(value, 7);
  if (size >= 10_000) return compact.format(value).replace('K', 'k');
  return value.toFixed(Math.max(...ticks.map((tick) => decimalsOf(tick, largest))));
}

/** How many decimals say a number but for a ten millionth of `largest`. */
function decimalsOf(value: number, largest: number): number {
  if (Math.abs(value) >= 10_000) return 0;
  let decimals = 0;
  while (Math.abs(value - Number(value.toFixed(decimals))) > 1e-7 * largest) decimals++;
  return decimals;
}
