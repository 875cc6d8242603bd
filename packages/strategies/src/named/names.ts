/** The strategies that have a name on command lines and in worker's options. */
export const strategyNames = [
  'least-confidence',
  'margin',
  'ratio',
  'entropy',
  'gini',
  'label-entropy',
  'label-margin',
  'presence',
  'normalized-least-confidence',
  'normalized-entropy',
  'normalized-gini',
] as const;

export type StrategyName = (typeof strategyNames)[number];

const plain = ['least-sure', 'max', 'min', 'mean', 'sum', 'count'] as const;

export type AggregationName = (typeof plain)[number] | 'top-mean' | 'quantile';

/** What an aggregation may be called, in words. */
export const aggregationNames: string = `${plain.join(', ')}, top-mean:<k> with k from 1, or quantile:<q> with q from 0 to 1`;

/** The name and the number of `top-mean:3`; null for anything else.
 * @example parseAggregation('quantile:0.9') // { name: 'quantile', argument: 0.9 }
 */
export function parseAggregation(text: string): { readonly name: AggregationName; readonly argument: number } | null {
  const [name, number, ...more] = text.split(':');
  if (number === undefined && plain.some((one) => one === name))
    return { name: name as AggregationName, argument: NaN };
  const argument = number?.trim() ? Number(number) : NaN;
  const isCount = name === 'top-mean' && Number.isSafeInteger(argument) && argument >= 1;
  const isShare = name === 'quantile' && argument >= 0 && argument <= 1;
  return more.length === 0 && (isCount || isShare) ? { name: name as AggregationName, argument } : null;
}

/** Whether a text names a file, or a module and its export, and not something of ours.
 * @example namesModule('./mine.js#score') // true
 */
export function namesModule(text: string): boolean {
  return text.includes('#') || /^[./]|^[a-z]:[\\/]/i.test(text);
}
