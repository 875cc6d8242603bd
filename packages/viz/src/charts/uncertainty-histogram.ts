import * as Plot from '@observablehq/plot';
import { assertColumn, assertOptions, counted, countText, isTiny, powerText } from '@qualm/types';
import type { Column } from '@qualm/types';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import { dashes } from './legend.ts';
import type { LegendItem } from './legend.ts';
import { tickText } from './number-text.ts';
import type { Theme } from './themes.ts';

export interface HistogramOptions extends ChartOptions {
  /** What the numbers are, such as a strategy's name. Default `uncertainty`. */
  readonly label?: string;
  /** Default 40. */
  readonly bins?: number;
  /** What is counted: one, and several. Default `row`, `rows`. */
  readonly rows?: readonly [one: string, several: string];
  /** Where to draw a line, such as the last that was selected; the legend says where it is, and how
   * many rows are at or below it.
   */
  readonly mark?: number;
}

/** How many rows have which uncertainty, as one SVG. Invalid numbers, and those beyond 1e300, are
 * left out, and counted in the words. Numbers that differ by less than an axis can say share a bar.
 * @throws RangeError for `bins` below 1 or no whole number.
 * @example uncertaintyHistogram(table.column('margin'), { label: 'margin' })
 */
export function uncertaintyHistogram(values: Column<number>, options?: HistogramOptions): string;
export function uncertaintyHistogram<Made>(values: Column<number>, options: HistogramOptions & InDocument<Made>): Made;
export function uncertaintyHistogram<Made>(
  values: Column<number>,
  options: HistogramOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertColumn('uncertaintyHistogram', 'its values', values);
  assertOptions('uncertaintyHistogram', options, "{ title: 'Boxes' }");
  const { title = 'Uncertainty', label = 'uncertainty', bins = 40, mark, dark = false } = options;
  const { width = 720, height } = options;
  const [one, several] = options.rows ?? ['row', 'rows'];
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`uncertaintyHistogram: bins is ${bins}; expected a whole number from 1`);
  if (mark !== undefined && !Number.isFinite(mark))
    throw new RangeError(`uncertaintyHistogram: mark is ${mark}; expected a finite number`);
  const { counts, low, step, missing, total } = binned(values, bins);
  const bars = [...counts].map((count, bin) => ({ bin, from: low + bin * step, to: low + (bin + 1) * step, count }));
  const most = bars.reduce((best, bar) => (bar.count > best.count ? bar : best), bars[0]!);
  const range = `${label} from ${format(low)} to ${format(low + bins * step)}`;
  const left = missing > 0 ? ` ${counted(missing, 'without a number is', 'without a number are')} left out.` : '';
  const description =
    total === 0
      ? `No ${one} has a number.${left}`
      : `${counted(total, one, several)}, ${range}; most, ${countText(most.count)}, from ${format(most.from)} to ${format(most.to)}.${left}`;
  return drawChart<Made>({
    document: options.document,
    ...{ title, description, dark, width, height, frameHeight: 216, xName: label, yName: several },
    ...(options.regions && {
      regions: { mark: 'rect', at: bars.filter(({ count }) => count > 0).map(({ bin }) => bin), whole: 'y' },
    }),
    legend: (theme) =>
      mark === undefined ? [] : [markItem(values, { label, mark, all: counted(total, one, several) }, theme)],
    plot: (theme) => ({
      x: { tickSize: 4, tickFormat: tickText, ...(total === 0 && { domain: [0, 1] }) },
      y: {
        ...{ label: null, grid: true, nice: true, tickSize: 0, tickFormat: tickText },
        ...(total === 0 && { domain: [0, 1] }),
      },
      marks: [
        Plot.rectY(
          bars.filter(({ count }) => count > 0),
          { x1: 'from', x2: 'to', y: 'count', fill: theme.accent, insetLeft: 0.5, insetRight: 0.5 },
        ),
        Plot.ruleY([0], { stroke: theme.ink }),
        ...(mark === undefined ? [] : [Plot.ruleX([mark], { stroke: theme.colours[1]!, strokeDasharray: dashes })]),
      ],
    }),
  });
}

/** The line, and how many rows are on its lower side. */
function markItem(
  values: Column<number>,
  { label, mark, all }: { readonly label: string; readonly mark: number; readonly all: string },
  theme: Theme,
): LegendItem {
  let below = 0;
  for (let row = 0; row < values.length; row++) if (values.at(row)! <= mark && values.at(row)! > -Infinity) below++;
  return {
    words: `${label} ${format(mark)}: ${countText(below)} of ${all} at or below`,
    sign: { kind: 'dashes', color: theme.colours[1]! },
  };
}

interface Bins {
  readonly counts: Uint32Array;
  readonly low: number;
  readonly step: number;
  /** Rows with a number, and without. */
  readonly total: number;
  readonly missing: number;
}

function binned(values: Column<number>, bins: number): Bins {
  let [low, high, total] = [Infinity, -Infinity, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values.at(row)!;
    if (!isDrawn(value)) continue;
    total++;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Uint32Array(bins);
  if (total === 0) return { counts, low: 0, step: 1 / bins, total, missing: values.length };
  const step = widthOf(low, high) / bins;
  for (let row = 0; row < values.length; row++) {
    const value = values.at(row)!;
    if (isDrawn(value)) counts[Math.min(bins - 1, Math.floor((value - low) / step))]!++;
  }
  return { counts, low, step, total, missing: values.length - total };
}

/** Whether an axis from this to another number has a length. */
function isDrawn(value: number): boolean {
  return Math.abs(value) <= 1e300;
}

/** What the bars cover. Where all are alike, as far as an axis can tell, it is the first of some
 * width.
 */
function widthOf(low: number, high: number): number {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const told = Math.max(largest, smallest) * 1e-12;
  if (high - low > told) return high - low;
  return largest > smallest ? largest : 1;
}

/** Below this a number is drawn as 0: the tenths and hundredths of an axis need room above the
 * least of all numbers.
 */
const smallest = 1e-200;

function format(value: number): string {
  return isTiny(value) ? powerText(value, 4) : Number(value.toPrecision(4)).toString();
}
