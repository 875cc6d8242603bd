import * as Plot from '@observablehq/plot';
import { assertIterable, assertOptions, counted } from '@qualm/types';
import { widestOf } from './axis-names.ts';
import { spokenName } from './chart-text.ts';
import { curveNames, nameRow, placeNames } from './curve-names.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import { dashes } from './legend.ts';
import { dashStyles, lineStyles } from './line-styles.ts';
import { meanCurves } from './mean-curves.ts';
import type { CurvePoint, MeanCurve } from './mean-curves.ts';
import { tickText } from './number-text.ts';

/** Options of `learningCurves`. */
export interface LearningCurvesOptions extends ChartOptions {
  /** An accuracy to draw a line at, 0..1. */
  readonly target?: number;
  /** The strategy that others are held against, drawn grey. Default `random`. */
  readonly baseline?: string;
}

/** Of the width, what names at the right end of the curves may take. */
const nameShare = 0.35;

/** Learning curves as one SVG: of each strategy the mean accuracy over seeds against the number of
 * labels, and around it a band of one standard error of that mean to each side. Strategies are
 * named at the right end, after their last accuracy; colours tell them apart in common kinds of
 * colour blindness too (Okabe and Ito), and dashes where there are more strategies than colours.
 * The same curves give the same text, in Node and in browsers.
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
  const { title = 'Learning curves', target, baseline = 'random', dark = false, width = 720 } = options;
  const means = meanCurves(curves);
  const points = means.flatMap(pointsOf);
  const domain = domainOf(points, target);
  const names = curveNames(means, nameShare * width);
  return drawChart<Made>({
    document: options.document,
    ...{ title, dark, width, height: options.height, xName: 'labels', yName: 'accuracy' },
    ...{ frameHeight: Math.max(336, nameRow * means.length), leastHeight: Math.max(60, nameRow * means.length) },
    marginRight: 24 + widestOf(names),
    description: describe(means, target),
    legend: (theme) => [
      {
        words: 'one standard error of the mean over seeds',
        sign: { kind: 'area', color: theme.muted, opacity: bandOpacity },
      },
      ...(target === undefined
        ? []
        : [{ words: `target ${target}`, sign: { kind: 'dashes', color: theme.muted } } as const]),
    ],
    plot: (theme, frame) => {
      const styles = lineStyles(means, baseline, theme);
      return {
        x: { tickSize: 4, tickFormat: tickText },
        y: { label: null, grid: true, domain, tickSize: 0, tickFormat: tickText },
        color: { domain: means.map(({ strategy }) => strategy), range: styles.map(({ color }) => color) },
        marks: [
          ...(target === undefined ? [] : [Plot.ruleY([target], { stroke: theme.muted, strokeDasharray: dashes })]),
          Plot.areaY(points, {
            x: 'labels',
            y1: ({ mean, error }: Point) => mean - error,
            y2: ({ mean, error }: Point) => mean + error,
            fill: 'strategy',
            z: 'strategy',
            fillOpacity: bandOpacity,
          }),
          ...dashStyles.map((strokeDasharray, style) =>
            Plot.lineY(
              means.flatMap((mean, at) => (styles[at]!.dash === style ? pointsOf(mean) : [])),
              { ...{ x: 'labels', y: 'mean', stroke: 'strategy', z: 'strategy', strokeWidth: 2 }, strokeDasharray },
            ),
          ),
          Plot.text(placeNames(means, names, domain, frame.height), {
            ...{ x: 'labels', y: 'place', text: 'name', fill: 'strategy', textAnchor: 'start', dx: 8, fontWeight: 600 },
          }),
        ],
      };
    },
  });
}

const bandOpacity = 0.16;

type Point = { readonly strategy: string } & MeanCurve['points'][number];

function pointsOf({ strategy, points }: MeanCurve): Point[] {
  return points.map((point) => ({ strategy, ...point }));
}

/** What the vertical axis shows: all means with their bands, and the target. */
function domainOf(points: readonly Point[], target: number | undefined): [low: number, high: number] {
  const low = points.reduce((least, { mean, error }) => Math.min(least, mean - error), target ?? Infinity);
  const high = points.reduce((most, { mean, error }) => Math.max(most, mean + error), target ?? -Infinity);
  // Less would be said by no digit that is shown.
  const some = high - low > 1e-4 ? 0 : 0.05;
  const scale = Plot.scale({ y: { type: 'linear', domain: [low - some, high + some], nice: true } });
  return scale.domain as unknown as [number, number];
}

function labelsText(count: number): string {
  return counted(count, 'label');
}

function describe(means: readonly MeanCurve[], target: number | undefined): string {
  const ends = means.map(({ strategy, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${spokenName(strategy)} from ${first.mean.toFixed(3)} at ${labelsText(first.labels)} to ${last.mean.toFixed(3)} at ${last.labels}`;
  });
  const line = target === undefined ? '' : ` A line marks ${target}.`;
  return `Mean accuracy over seeds against the number of labels, with a band of one standard error: ${ends.join('; ')}.${line}`;
}
