import { InvalidArgumentError } from '@commander-js/extra-typings';
import { aggregationNames, parseAggregation } from '@qualm/strategies/names';

/** Checks what `--aggregate` was given; for commander's `argParser`. */
export function aggregateText(text: string): string {
  if (parseAggregation(text)) return text;
  throw new InvalidArgumentError(`expected ${aggregationNames}`);
}

/** What an image without a box gets; for commander's `argParser`. */
export function emptyPolicy(text: string): 'first' | 'last' | number {
  if (text === 'first' || text === 'last') return text;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('expected first, last or a number');
  return value;
}
