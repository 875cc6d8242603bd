import { InvalidArgumentError } from '@commander-js/extra-typings';

const plain = ['least-sure', 'max', 'min', 'mean', 'sum', 'count'] as const;

export type AggregateName = (typeof plain)[number] | 'top-mean' | 'quantile';

/** The name and the number of `top-mean:3`.
 * @throws InvalidArgumentError for anything else.
 */
export function parseAggregate(text: string): { readonly name: AggregateName; readonly argument: number } {
  const [name, number, ...more] = text.split(':');
  if (number === undefined && plain.some((one) => one === name)) return { name: name as AggregateName, argument: NaN };
  const argument = number?.trim() ? Number(number) : NaN;
  const isCount = name === 'top-mean' && Number.isSafeInteger(argument) && argument >= 1;
  const isShare = name === 'quantile' && argument >= 0 && argument <= 1;
  if (more.length === 0 && (isCount || isShare)) return { name: name as AggregateName, argument };
  throw new InvalidArgumentError(
    `expected ${plain.join(', ')}, top-mean:<k> with k from 1, or quantile:<q> with q from 0 to 1`,
  );
}

/** Checks what `--aggregate` was given; for commander's `argParser`. */
export function aggregateText(text: string): string {
  parseAggregate(text);
  return text;
}

/** What an image without a box gets; for commander's `argParser`. */
export function emptyPolicy(text: string): 'first' | 'last' | number {
  if (text === 'first' || text === 'last') return text;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('expected first, last or a number');
  return value;
}
