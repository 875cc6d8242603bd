import * as Plot from '@observablehq/plot';
import { assertIterable, assertOptions } from '@qualm/types';
import { drawChart, oneLine } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import { meanCurves } from './mean-curves.ts';
import type { CurvePoint, MeanCurve } from './mean-curves.ts';
import { spread } from './spread.ts';
import type { Theme } from './themes.ts';

/** Options of `learningCurves`. */
export interface LearningCurvesOptions extends ChartOptions {
  /** An accuracy to draw a line at, 0..1. */
  readonly target?: number;
  /** The strategy that others are held against, drawn grey. Default `random`. */
  readonly baseline?: string;
}

/** Room for names at the right end of the curves. */
const marginRight = 150;
const [marginTop, marginBottom] = [64, 40];
const lineHeight = 15;

/** Learning curves as one SVG: of each strategy the mean accuracy over seeds against the number of
 * labels, and around it a band of one standard error of that mean to each side. Strategies are
 * named at the right end, the last accuracy beside the name; colours tell them apart in common
 * kinds of colour blindness too (Okabe and Ito). The same curves give the same text, in Node and in
 * browsers.
 * @param curves rows as `simulate(...).curves.objects()` of `@qualm/simulator` has them.
 * @throws RangeError when there are no rows, or one has no finite numbers.
 * @example learningCurves(curves.objects() as CurvePoint[], { target: 0.9 })
 */
export function learningCurves(curves: Iterable<CurvePoint>, options?: LearningCurvesOptions): string;
export function learningCurves<Made>(
  curves: Iterable<CurvePoint>,
  options: LearningCurvesOptions & InDocument<Made>,
): Made;
export function learningCurves<Made>(
  curves: Iterable<CurvePoint>,
  options: LearningCurvesOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertIterable('learningCurves', 'its curves', curves, 'an array of { strategy, seed, labels, accuracy }');
  assertOptions('learningCurves', options, "{ title: 'Boxes' }");
  const { title = 'Learning curves', target, baseline = 'random', dark = false, width = 720, height = 440 } = options;
  const means = meanCurves(curves);
  const points = means.flatMap(({ strategy, points }) => points.map((point) => ({ strategy, ...point })));
  const low = Math.min(...points.map(({ mean, error }) => mean - error), target ?? 1);
  const high = Math.max(...points.map(({ mean, error }) => mean + error), target ?? 0);
  const ends = endsOf(means, ((high - low) / (height - marginTop - marginBottom)) * lineHeight);
  return drawChart<Made>({
    document: options.document,
    ...{ title, dark, width, height, marginTop, marginBottom, marginRight },
    description: describe(means, target),
    yName: 'accuracy',
    plot: (theme) => ({
      x: { label: 'labels', labelAnchor: 'center', tickSize: 4 },
      y: { label: null, grid: true, domain: [low, high], nice: true, tickSize: 0 },
      color: { domain: means.map(({ strategy }) => strategy), range: coloursOf(means, baseline, theme) },
      marks: [
        ...(target === undefined ? [] : [Plot.ruleY([target], { stroke: theme.muted, strokeDasharray: '5 4' })]),
        Plot.areaY(points, {
          x: 'labels',
          y1: ({ mean, error }: Point) => mean - error,
          y2: ({ mean, error }: Point) => mean + error,
          fill: 'strategy',
          z: 'strategy',
          fillOpacity: 0.16,
        }),
        Plot.lineY(points, { x: 'labels', y: 'mean', stroke: 'strategy', z: 'strategy', strokeWidth: 2 }),
        Plot.text(ends, {
          ...{ x: 'labels', y: 'place', text: 'name', fill: 'strategy', textAnchor: 'start', dx: 8, fontWeight: 600 },
        }),
      ],
    }),
  });
}

type Point = { readonly strategy: string } & MeanCurve['points'][number];

/** The baseline is grey, the others take colours in their order. */
function coloursOf(means: readonly MeanCurve[], baseline: string, theme: Theme): string[] {
  let next = 0;
  return means.map(({ strategy }) =>
    strategy === baseline ? theme.muted : theme.colours[next++ % theme.colours.length]!,
  );
}

/** Where each strategy is named, at the height of its last point or as near to it as the others
 * leave room.
 */
function endsOf(means: readonly MeanCurve[], gap: number): object[] {
  const lasts = means.map(({ points }) => points.at(-1)!);
  const places = spread(
    lasts.map(({ mean }) => mean),
    gap,
  );
  const labels = Math.max(...lasts.map((last) => last.labels));
  return means.map(({ strategy }, i) => {
    return { strategy, labels, place: places[i], name: `${oneLine(strategy, 16)} ${lasts[i]!.mean.toFixed(3)}` };
  });
}

function describe(means: readonly MeanCurve[], target: number | undefined): string {
  const ends = means.map(({ strategy, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${oneLine(strategy)} from ${first.mean.toFixed(3)} at ${first.labels} labels to ${last.mean.toFixed(3)} at ${last.labels}`;
  });
  const line = target === undefined ? '' : ` A line marks ${target}.`;
  return `Mean accuracy over seeds against the number of labels, with a band of one standard error: ${ends.join('; ')}.${line}`;
}
