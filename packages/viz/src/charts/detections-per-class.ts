import * as Plot from '@observablehq/plot';
import { assertNumbers, assertOptions } from '@qualm/types';
import { assertNames } from '../assert-names.ts';
import { axisNames } from './axis-names.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';

export interface PerClassOptions extends ChartOptions {
  /** Classes to show, those with most boxes; the others are one bar. Default 25. */
  readonly most?: number;
}

/** How many boxes each class has, as one SVG of bars, the most first.
 * @param counts of each class, in the order of `names`.
 * @throws RangeError when there is not one count for each name.
 * @example detectionsPerClass([12, 3], ['person', 'dog'])
 */
export function detectionsPerClass(
  counts: ArrayLike<number>,
  names: readonly string[],
  options?: PerClassOptions,
): string;
export function detectionsPerClass<Made>(
  counts: ArrayLike<number>,
  names: readonly string[],
  options: PerClassOptions & InDocument<Made>,
): Made;
export function detectionsPerClass<Made>(
  counts: ArrayLike<number>,
  names: readonly string[],
  options: PerClassOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertNumbers('detectionsPerClass', 'its counts', counts);
  assertNames('detectionsPerClass', names);
  assertOptions('detectionsPerClass', options, "{ title: 'Boxes' }");
  const { title = 'Boxes of each class', most = 25, dark = false, width = 560 } = options;
  if (counts.length !== names.length)
    throw new RangeError(
      `detectionsPerClass: ${counts.length} counts for ${names.length} names; expected one for each`,
    );
  const axis = axisNames(names);
  const all = axis
    .map((name, index) => ({ name, count: counts[index]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const rest = all.slice(most).reduce((sum, { count }) => sum + count, 0);
  const bars = [...all.slice(0, most), ...(rest > 0 ? [{ name: `${all.length - most} others`, count: rest }] : [])];
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const first = bars.slice(0, 5).map(({ name, count }) => `${name} ${count}`);
  return drawChart<Made>({
    document: options.document,
    ...{ title, dark, width, marginTop: 40, marginLeft: 140, marginRight: 64 },
    height: options.height ?? 86 + 20 * Math.max(1, bars.length),
    description: `${total} boxes of ${all.length} classes${first.length > 0 ? `: ${first.join(', ')}` : ''}${bars.length > 5 ? ' and others' : ''}.`,
    plot: (theme) => ({
      x: { label: 'boxes', labelAnchor: 'center', grid: true, tickSize: 0, ...(total === 0 && { domain: [0, 1] }) },
      y: { label: null, domain: bars.map(({ name }) => name), tickSize: 0 },
      marks: [
        Plot.barX(bars, { x: 'count', y: 'name', fill: theme.accent, insetTop: 1, insetBottom: 1 }),
        Plot.text(bars, {
          ...{ x: 'count', y: 'name', textAnchor: 'start', dx: 4 },
          text: ({ count }: { count: number }) => String(count),
        }),
      ],
    }),
  });
}
