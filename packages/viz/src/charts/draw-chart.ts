import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { cleanLines } from '../clean-text.ts';
import { themes } from './themes.ts';
import type { Theme } from './themes.ts';

/** What every chart can be told. */
export interface ChartOptions {
  readonly title?: string;
  /** Light ink on a dark ground. */
  readonly dark?: boolean;
  /** Of the picture, in pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** Asks for a chart as an element of a page instead of text: what it shows says its numbers under
 * the pointer.
 */
export interface InDocument<Made> {
  /** The page's `document`. */
  readonly document: { createElementNS(namespace: string, tag: string): Made };
}

export interface ChartParts<Made> extends Required<ChartOptions> {
  /** What the picture shows, in words, for those who hear it. */
  readonly description: string;
  readonly marginTop?: number;
  readonly marginRight?: number;
  readonly marginBottom?: number;
  readonly marginLeft?: number;
  /** What the vertical axis says, above its upper end. */
  readonly yName?: string;
  /** Axes, scales and marks, in the colours of the theme. */
  readonly plot: (theme: Theme) => Plot.PlotOptions;
  readonly document?: InDocument<Made>['document'] | undefined;
}

/** A chart as one SVG that stands alone: its ground, its title, its words. The same parts give the
 * same text in Node, and in browsers but for half a pixel by which Plot moves lines where a screen
 * has no more than one for each of its own.
 */
export function drawChart<Made>(parts: ChartParts<Made>): string | Made {
  const { title, description, dark, width, height, yName, plot } = parts;
  const { marginTop = 64, marginRight = 24, marginBottom = 40, marginLeft = 56 } = parts;
  const theme = themes[dark ? 'dark' : 'light'];
  const document = parts.document ?? parseHTML('<!doctype html><html><body></body></html>').document;
  const options = plot(theme);
  const text = (words: string, dy: number, more: Plot.TextOptions = {}): Plot.Text =>
    Plot.text([words], { frameAnchor: 'top-left', dx: 8 - marginLeft, dy, ...more });
  const svg = Plot.plot({
    document: document as NonNullable<Plot.PlotOptions['document']>,
    className: 'chart',
    ...{ width, height, marginTop, marginRight, marginBottom, marginLeft },
    style: { background: theme.ground, color: theme.ink, fontFamily: 'Arimo, system-ui, sans-serif', fontSize: '12px' },
    ...options,
    marks: [
      ...(parts.document ? withTips(options.marks ?? []) : (options.marks ?? [])),
      ...(yName === undefined ? [] : [text(oneLine(yName), -24)]),
      text(oneLine(title), 10 - marginTop, { fontSize: 15, fontWeight: 600 }),
    ],
  });
  const drawn = standalone(svg, document as unknown as SvgDocument, title, theme.ground, description);
  return parts.document ? (drawn as Made) : `${drawn.outerHTML}\n`;
}

/** What a chart is about, by the names that Plot has for marks. */
const pointed: ReadonlySet<unknown> = new Set(['rect', 'bar', 'cell', 'line']);

/** The first mark that is about numbers says them under the pointer. */
function withTips(marks: readonly Plot.Markish[]): Plot.Markish[] {
  const first = marks.findIndex((mark) => pointed.has((mark as { readonly ariaLabel?: unknown } | null)?.ariaLabel));
  return marks.map(
    (mark, index) => (index === first ? Object.assign(mark as object, { tip: true }) : mark) as Plot.Markish,
  );
}

/** Text that a chart can hold: one line, without marks that turn it. */
export function oneLine(text: string, most: number = Infinity): string {
  const line = cleanLines(text).join(' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
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

/** What a file of its own needs: a namespace, a ground, a title and a description for those who
 * hear it.
 */
function standalone(
  svg: SvgElement,
  document: SvgDocument,
  title: string,
  ground: string,
  description: string,
): SvgElement {
  const create = (tag: string): SvgElement => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const [name, text, rect] = [create('title'), create('desc'), create('rect')];
  name.textContent = oneLine(title);
  text.textContent = oneLine(description);
  for (const side of ['width', 'height']) rect.setAttribute(side, '100%');
  rect.setAttribute('fill', ground);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.prepend(name, text, rect);
  return svg;
}
