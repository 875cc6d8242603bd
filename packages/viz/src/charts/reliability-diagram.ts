import * as Plot from '@observablehq/plot';
import { assertNumbers, assertOptions, counted } from '@qualm/types';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import { dashes } from './legend.ts';

/** The columns of `reliabilityTable` of `@qualm/strategies` that are drawn. */
export interface ReliabilityBins {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  readonly count: ArrayLike<number>;
  readonly confidence: ArrayLike<number>;
  readonly accuracy: ArrayLike<number>;
}

export interface ReliabilityOptions extends ChartOptions {
  /** What is counted: one, and several. Default `row`, `rows`. */
  readonly rows?: readonly [one: string, several: string];
}

/** How often a model is right when it is so sure, as one SVG: bars of accuracy in each bin of
 * confidence, tinted between it and the confidence, and the diagonal of a model that is as right as
 * it is sure. Empty bins have no bar.
 * @see Niculescu-Mizil & Caruana 2005, Predicting good probabilities with supervised learning
 * @example reliabilityDiagram(reliabilityTable(probabilities, labels, 10))
 */
export function reliabilityDiagram(bins: ReliabilityBins, options?: ReliabilityOptions): string;
export function reliabilityDiagram<Made>(bins: ReliabilityBins, options: ReliabilityOptions & InDocument<Made>): Made;
export function reliabilityDiagram<Made>(
  bins: ReliabilityBins,
  options: ReliabilityOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertBins(bins);
  assertOptions('reliabilityDiagram', options, "{ title: 'Boxes' }");
  const { title = 'Sure and right', dark = false, width = 460, height } = options;
  const [one, several] = options.rows ?? ['row', 'rows'];
  const rows = Array.from({ length: bins.count.length }, (_, bin) => ({
    bin,
    from: bins.lower[bin]!,
    to: bins.upper[bin]!,
    count: bins.count[bin]!,
    confidence: bins.confidence[bin]!,
    accuracy: bins.accuracy[bin]!,
  })).filter(({ count }) => count > 0);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const gap = rows.reduce((sum, row) => sum + (row.count / total) * Math.abs(row.confidence - row.accuracy), 0);
  const description =
    total === 0
      ? `No ${several}.`
      : `${counted(total, one, several)} in ${counted(rows.length, 'bin')} of confidence; accuracy is ${gap.toFixed(3)} from confidence on average (expected calibration error).`;
  return drawChart<Made>({
    document: options.document,
    ...{ title, description, dark, width, height, frameHeight: 356, xName: 'confidence', yName: 'accuracy' },
    ...(options.regions && { regions: { mark: 'rect', at: rows.map(({ bin }) => bin), whole: 'y' } }),
    legend: (theme) => [
      { words: 'how often it is right', sign: { kind: 'area', color: theme.accent } },
      {
        words: `how far that is from its confidence${total === 0 ? '' : `: ${gap.toFixed(3)} on average (ECE)`}`,
        sign: { kind: 'area', color: theme.colours[1]!, opacity: gapOpacity },
      },
      { words: 'as right as it is sure', sign: { kind: 'dashes', color: theme.muted } },
    ],
    plot: (theme) => ({
      x: { domain: [0, 1], tickSize: 4 },
      y: { label: null, domain: [0, 1], grid: true, tickSize: 0 },
      marks: [
        Plot.rect(rows, {
          x1: 'from',
          x2: 'to',
          y1: 0,
          y2: 'accuracy',
          fill: theme.accent,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        Plot.rect(rows, {
          ...{ x1: 'from', x2: 'to', y1: 'accuracy', y2: 'confidence', insetLeft: 0.5, insetRight: 0.5 },
          ...{ fill: theme.colours[1]!, fillOpacity: gapOpacity, stroke: theme.colours[1]! },
        }),
        Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: theme.muted, strokeDasharray: dashes }),
        Plot.frame({ stroke: theme.muted }),
      ],
    }),
  });
}

const gapOpacity = 0.35;

function assertBins(bins: ReliabilityBins): void {
  assertOptions('reliabilityDiagram', bins, 'what reliabilityTable gives', 'its bins');
  for (const name of ['lower', 'upper', 'count', 'confidence', 'accuracy'] as const)
    assertNumbers('reliabilityDiagram', name, bins[name]);
}
