import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { cleanLines } from '../clean-text.ts';
import { meanCurves } from './mean-curves.ts';
import type { CurvePoint, MeanCurve } from './mean-curves.ts';
import { spread } from './spread.ts';
import { themes } from './themes.ts';

/** Options of `learningCurves`. */
export interface LearningCurvesOptions {
  /** Default `Learning curves`. */
  readonly title?: string;
  /** An accuracy to draw a line at, 0..1. */
  readonly target?: number;
  /** The strategy that others are held against, drawn grey. Default `random`. */
  readonly baseline?: string;
  /** Light ink on a dark ground. */
  readonly dark?: boolean;
  /** Of the picture, in pixels. Default 720 x 440. */
  readonly width?: number;
  readonly height?: number;
}

/** Room for names at the right end of the curves. */
const marginRight = 150;
const [marginTop, marginBottom, marginLeft] = [64, 40, 56];
const lineHeight = 15;

/** Learning curves as one SVG: of each strategy the mean accuracy over seeds against the number of labels, and around it a band of one
 * standard error of that mean to each side. Strategies are named at the right end, the last accuracy beside the name; colours tell them
 * apart in common kinds of colour blindness too (Okabe and Ito). The same curves give the same text, in Node and in browsers.
 * @param curves rows as `simulate(...).curves.objects()` of `@qualm/simulator` has them.
 * @throws RangeError when there are no rows, or one has no finite numbers.
 * @example learningCurves(curves.objects() as CurvePoint[], { target: 0.9 })
 */
export function learningCurves(curves: Iterable<CurvePoint>, options: LearningCurvesOptions = {}): string {
  const { title = 'Learning curves', target, baseline = 'random', dark = false, width = 720, height = 440 } = options;
  const means = meanCurves(curves);
  const theme = themes[dark ? 'dark' : 'light'];
  const colours = coloursOf(means, baseline, theme);
  const points = means.flatMap(({ strategy, points }) => points.map((point) => ({ strategy, ...point })));
  const low = Math.min(...points.map(({ mean, error }) => mean - error), target ?? 1);
  const high = Math.max(...points.map(({ mean, error }) => mean + error), target ?? 0);
  const ends = endsOf(means, ((high - low) / (height - marginTop - marginBottom)) * lineHeight);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const plot = Plot.plot({
    document,
    className: 'chart',
    ...{ width, height, marginTop, marginBottom, marginLeft, marginRight },
    style: { background: theme.ground, color: theme.ink, fontFamily: 'Arimo, system-ui, sans-serif', fontSize: '12px' },
    x: { label: 'labels', labelAnchor: 'center', tickSize: 4 },
    y: { label: null, grid: true, domain: [low, high], nice: true, tickSize: 0 },
    color: { domain: means.map(({ strategy }) => strategy), range: colours },
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
      Plot.text(['accuracy'], { frameAnchor: 'top-left', dx: 8 - marginLeft, dy: -24 }),
      Plot.text([title], {
        frameAnchor: 'top-left',
        dx: 8 - marginLeft,
        dy: 10 - marginTop,
        fontSize: 15,
        fontWeight: 600,
      }),
    ],
  });
  return standalone(plot, document, title, theme.ground, describe(means, target));
}

type Point = { readonly strategy: string } & MeanCurve['points'][number];

/** The baseline is grey, the others take colours in their order. */
function coloursOf(means: readonly MeanCurve[], baseline: string, theme: (typeof themes)['light']): string[] {
  let next = 0;
  return means.map(({ strategy }) =>
    strategy === baseline ? theme.muted : theme.colours[next++ % theme.colours.length]!,
  );
}

/** Where each strategy is named, at the height of its last point or as near to it as the others leave room. */
function endsOf(means: readonly MeanCurve[], gap: number): object[] {
  const lasts = means.map(({ points }) => points.at(-1)!);
  const places = spread(
    lasts.map(({ mean }) => mean),
    gap,
  );
  const labels = Math.max(...lasts.map((last) => last.labels));
  return means.map(({ strategy }, i) => {
    const name = cleanLines(strategy).join(' ');
    const shown = name.length > 16 ? `${name.slice(0, 15)}…` : name;
    return { strategy, labels, place: places[i], name: `${shown} ${lasts[i]!.mean.toFixed(3)}` };
  });
}

function describe(means: readonly MeanCurve[], target: number | undefined): string {
  const ends = means.map(({ strategy, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${cleanLines(strategy).join(' ')} from ${first.mean.toFixed(3)} at ${first.labels} labels to ${last.mean.toFixed(3)} at ${last.labels}`;
  });
  const line = target === undefined ? '' : ` A line marks ${target}.`;
  return `Mean accuracy over seeds against the number of labels, with a band of one standard error: ${ends.join('; ')}.${line}`;
}

/** What of a document, and of an element in it, is touched here. */
interface SvgDocument {
  createElementNS(namespace: string, tag: string): SvgElement;
}

interface SvgElement {
  textContent: string | null;
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  prepend(...elements: readonly SvgElement[]): void;
}

/** What a file of its own needs: a namespace, a ground, a title and a description for those who hear it. */
function standalone(
  svg: SvgElement,
  document: SvgDocument,
  title: string,
  ground: string,
  description: string,
): string {
  const create = (tag: string): SvgElement => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const [name, text, rect] = [create('title'), create('desc'), create('rect')];
  name.textContent = cleanLines(title).join(' ');
  text.textContent = cleanLines(description).join(' ');
  for (const side of ['width', 'height']) rect.setAttribute(side, '100%');
  rect.setAttribute('fill', ground);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.prepend(name, text, rect);
  return `${svg.outerHTML}\n`;
}
