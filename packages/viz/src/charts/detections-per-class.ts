import * as Plot from '@observablehq/plot';
import { assertNumbers, assertOptions, counted, countText } from '@qualm/types';
import { assertNames } from '../assert-names.ts';
import { axisNames, widestOf } from './axis-names.ts';
import { spokenName } from './chart-text.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import { tickText } from './number-text.ts';

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
  const found = Array.from(names, (_, index) => ({ index, count: counts[index]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const [first, others] = [found.slice(0, most), found.slice(most)];
  const total = found.reduce((sum, { count }) => sum + count, 0);
  const rest = { index: names.length, count: others.reduce((sum, { count }) => sum + count, 0) };
  const rows = others.length > 0 ? [...first, rest] : first;
  const called = [...names, counted(others.length, 'other')];
  const axis = axisNames(called, nameShare * width);
  const bars = rows.map(({ index, count }) => ({ name: axis[index]!, count, words: countText(count) }));
  const numBars = Math.max(1, bars.length);
  return drawChart<Made>({
    document: options.document,
    ...{ title, dark, width, height: options.height, xName: 'boxes' },
    ...(options.regions && {
      regions: { mark: 'bar', at: rows.map(({ index }) => (index < names.length ? index : -1)), whole: 'x' },
    }),
    ...{ frameHeight: 20 * numBars, leastHeight: 13 * numBars },
    marginLeft: 16 + widestOf(bars.map(({ name }) => name)),
    marginRight: 20 + widestOf(bars.map(({ words }) => words)),
    description: describe(
      rows.map(({ index, count }) => `${spokenName(called[index]!)} ${count}`),
      total,
      found.length,
    ),
    plot: (theme) => ({
      x: { grid: true, tickSize: 0, tickFormat: tickText, ...(total === 0 && { domain: [0, 1] }) },
      y: { label: null, domain: bars.map(({ name }) => name), tickSize: 0 },
      marks: [
        Plot.barX(bars, {
          ...{ x: 'count', y: 'name', insetTop: 1, insetBottom: 1 },
          fill: (_: unknown, row: number) => (row < first.length ? theme.accent : theme.muted),
        }),
        Plot.text(bars, { x: 'count', y: 'name', text: 'words', textAnchor: 'start', dx: 4 }),
      ],
    }),
  });
}

/** Of the width of a chart, what names of classes may take. */
const nameShare = 0.4;

function describe(rows: readonly string[], total: number, numClasses: number): string {
  const first = rows.length > 0 ? `: ${rows.slice(0, 5).join(', ')}` : '';
  return `${counted(total, 'box', 'boxes')} of ${counted(numClasses, 'class', 'classes')}${first}${rows.length > 5 ? ' and others' : ''}.`;
}
