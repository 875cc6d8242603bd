import * as Plot from '@observablehq/plot';
import { assertNumbers, assertOptions } from '@qualm/types';
import { assertNames } from '../assert-names.ts';
import { axisNames } from './axis-names.ts';
import { clusterOrder } from './cluster-order.ts';
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
  const axis = axisNames(names);
  const shown = order.map((index) => axis[index]!);
  const cells = order.flatMap((row) =>
    order.flatMap((column) => {
      const count = counts[row * size + column]!;
      const isDrawn = count > 0 && (diagonal || row !== column);
      return isDrawn ? [{ row: axis[row]!, column: axis[column]!, count }] : [];
    }),
  );
  const highest = Math.max(1, ...cells.map(({ count }) => count));
  // Room for the longest name, turned; a character takes about six pixels.
  const below = 50 + 5.4 * Math.max(0, ...shown.map(({ length }) => length));
  const width = options.width ?? Math.max(360, 150 + 22 * shown.length);
  const height = options.height ?? Math.max(240, 64 + below + 18 * shown.length);
  return drawChart<Made>({
    document: options.document,
    ...{ title, dark, width, height, marginLeft: 140, marginBottom: below, yName: rowName },
    description: describe(cells, names.length - kept.length),
    plot: (theme) => ({
      x: {
        label: columnName,
        labelAnchor: 'center',
        labelOffset: below - 8,
        domain: shown,
        tickRotate: -60,
        tickSize: 0,
      },
      y: { label: null, domain: shown, tickSize: 0 },
      color: { range: [...theme.ramp], domain: [0, highest] },
      marks: [
        Plot.cell(cells, { x: 'column', y: 'row', fill: 'count', inset: 0.5 }),
        ...(shown.length > 0 ? [Plot.frame({ stroke: theme.muted })] : []),
        Plot.text(cells, {
          ...{ x: 'column', y: 'row', fontSize: 9 },
          text: ({ count }: Cell) => (count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`),
          // Ink that is seen on the lighter and on the darker half of the ramp.
          fill: ({ count }: Cell) => (count > highest / 2 ? theme.ground : theme.ink),
        }),
      ],
    }),
  });
}

interface Cell {
  readonly row: string;
  readonly column: string;
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

function describe(cells: readonly Cell[], left: number): string {
  const worst = cells
    .filter(({ row, column }) => row !== column)
    .sort((a, b) => b.count - a.count)
    .slice(0, 5)
    .map(({ row, column, count }) => `${row} for ${column} ${count} times`);
  const rest = left > 0 ? ` ${left} classes that are confused less, or never, are left out.` : '';
  return worst.length === 0 ? `No classes are confused.${rest}` : `Most often ${worst.join(', ')}.${rest}`;
}
