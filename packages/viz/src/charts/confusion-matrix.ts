import * as Plot from '@observablehq/plot';
import { assertNumbers, assertOptions, counted } from '@qualm/types';
import { assertNames } from '../assert-names.ts';
import { cellNumbers } from './cell-numbers.ts';
import { spokenName } from './chart-text.ts';
import { clusterOrder } from './cluster-order.ts';
import { confusionAxes, leastCell } from './confusion-axes.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';

export interface ConfusionMatrixOptions extends ChartOptions {
  /** What rows and columns are. Default `label` and `prediction`; `best class` and `second class`
   * for pairs without labels.
   */
  readonly rowName?: string;
  readonly columnName?: string;
  /** Whether what both agree on is drawn. Default false: it drowns the rest. */
  readonly diagonal?: boolean;
  /** Classes to show, those that are confused most often. Default 30. */
  readonly most?: number;
}

/** Which classes are taken for which, as one SVG: a row for each label, a column for each
 * prediction, ordered so that classes which are confused stand together. `counts` is row-major, as
 * `confusionTable` of `@qualm/strategies` has it.
 * @throws RangeError when counts and names do not fit, or a count is none.
 * @see clusterOrder for the order
 * @example confusionMatrix(confusionTable(labels, predictions, 3).counts, ['cat', 'dog', 'fox'])
 */
export function confusionMatrix(
  counts: ArrayLike<number>,
  names: readonly string[],
  options?: ConfusionMatrixOptions,
): string;
export function confusionMatrix<Made>(
  counts: ArrayLike<number>,
  names: readonly string[],
  options: ConfusionMatrixOptions & InDocument<Made>,
): Made;
export function confusionMatrix<Made>(
  counts: ArrayLike<number>,
  names: readonly string[],
  options: ConfusionMatrixOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertNumbers('confusionMatrix', 'its counts', counts);
  assertNames('confusionMatrix', names);
  assertOptions('confusionMatrix', options, "{ title: 'Boxes' }");
  const { title = 'Which classes are confused', rowName = 'label', columnName = 'prediction' } = options;
  const { diagonal = false, most = 30, dark = false } = options;
  const size = names.length;
  assertCounts(counts, size);
  const kept = mostConfused(counts, size, most, diagonal);
  const likeness = Float64Array.from(kept.flatMap((row) => kept.map((column) => counts[row * size + column]!)));
  const order = clusterOrder(likeness, kept.length).map((place) => kept[place]!);
  const axes = confusionAxes(names, order, options);
  const pairs = order
    .flatMap((row) => order.map((column): Pair => ({ row, column, count: counts[row * size + column]! })))
    .filter(({ row, column, count }) => count > 0 && (diagonal || row !== column));
  const cells = pairs.map((pair) => ({ ...pair, row: axes.rows[pair.row]!, column: axes.columns[pair.column]! }));
  const highest = cells.reduce((most, { count }) => Math.max(most, count), 1);
  const ofAll = order.length < size ? `: the ${order.length} of ${size} classes confused most` : '';
  return drawChart<Made>({
    document: options.document,
    ...{ title, dark, height: options.height, xName: columnName + ofAll, yName: rowName },
    ...{ frameHeight: 18 * order.length, leastHeight: Math.max(60, leastCell * order.length) },
    ...axes.sizes,
    ...(options.regions && { regions: { mark: 'cell', at: pairs.map(({ row, column }) => row * size + column) } }),
    description: describe(pairs, names, size - order.length),
    legend: ({ ramp }) =>
      cells.length === 0 ? [] : [{ words: `up to ${counted(highest, 'time')}`, sign: { kind: 'ramp', colors: ramp } }],
    plot: (theme, frame) => ({
      x: { domain: order.map((index) => axes.columns[index]!), tickRotate: -60, tickSize: 0 },
      y: { label: null, domain: order.map((index) => axes.rows[index]!), tickSize: 0 },
      color: { range: [...theme.ramp], domain: [0, highest] },
      marks: [
        Plot.cell(cells, { x: 'column', y: 'row', fill: 'count', inset: 0.5 }),
        ...(order.length > 0 ? [Plot.frame({ stroke: theme.muted })] : []),
        ...cellNumbers(cells, { theme, highest, numClasses: order.length, frame }),
      ],
    }),
  });
}

/** How often one class was taken for another, by their indices. */
interface Pair {
  readonly row: number;
  readonly column: number;
  readonly count: number;
}

function assertCounts(counts: ArrayLike<number>, size: number): void {
  if (counts.length !== size * size)
    throw new RangeError(`confusionMatrix: ${counts.length} counts for ${size} names; expected ${size * size}`);
  for (let at = 0; at < counts.length; at++)
    if (!(counts[at]! >= 0 && counts[at]! < Infinity))
      throw new RangeError(`confusionMatrix: count ${at} is ${counts[at]}; expected a number of 0 or more`);
}

function mostConfused(counts: ArrayLike<number>, size: number, most: number, diagonal: boolean): number[] {
  const weight = Float64Array.from({ length: size }, (_, index) => {
    let sum = 0;
    for (let other = 0; other < size; other++)
      if (other !== index || diagonal) sum += counts[index * size + other]! + counts[other * size + index]!;
    return sum;
  });
  const indices = Array.from({ length: size }, (_, index) => index).filter((index) => weight[index]! > 0);
  const first = indices.sort((a, b) => weight[b]! - weight[a]! || a - b).slice(0, most);
  return first.sort((a, b) => a - b);
}

function describe(pairs: readonly Pair[], names: readonly string[], left: number): string {
  const name = (index: number): string => spokenName(names[index]!);
  const worst = pairs
    .filter(({ row, column }) => row !== column)
    .sort((a, b) => b.count - a.count)
    .slice(0, 5)
    .map(({ row, column, count }) => `${name(row)} for ${name(column)} ${counted(count, 'time')}`);
  const others = counted(
    left,
    'class that is confused less, or never, is',
    'classes that are confused less, or never, are',
  );
  const rest = left > 0 ? ` ${others} left out.` : '';
  return worst.length === 0 ? `No classes are confused.${rest}` : `Most often ${worst.join(', ')}.${rest}`;
}
