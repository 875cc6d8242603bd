import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { measureText } from '../measure-text.ts';
import { noteRegions } from './chart-regions.ts';
import type { RegionParts } from './chart-regions.ts';
import { fitOneLine, oneLine, textSize } from './chart-text.ts';
import { drawHeader, layoutHeader } from './header.ts';
import { holdTexts } from './hold-texts.ts';
import type { LegendItem } from './legend.ts';
import type { SvgDocument, SvgElement } from './svg-element.ts';
import { themes } from './themes.ts';
import type { Theme } from './themes.ts';
import { tickRoom } from './tick-room.ts';
import type { TickRoom } from './tick-room.ts';

/** What every chart can be told. */
export interface ChartOptions {
  readonly title?: string;
  /** Light ink on a dark ground. */
  readonly dark?: boolean;
  /** Of the picture, in pixels; it is larger where its words would leave nothing for what it shows.
   */
  readonly width?: number;
  readonly height?: number;
  /** Says in the picture where its bars or cells are, for `chartRegions`. Default false. */
  readonly regions?: boolean;
}

/** Asks for a chart as an element of a page instead of text: what it shows says its numbers under
 * the pointer.
 */
export interface InDocument<Made> {
  /** The page's `document`. */
  readonly document: { createElementNS(namespace: string, tag: string): Made };
}

/** Where numbers are drawn, in pixels: the picture without title, legend and axes. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

export interface ChartParts<Made> {
  readonly title: string;
  readonly dark: boolean;
  readonly width: number;
  /** Of the picture; where it is undefined, what `frameHeight` needs. */
  readonly height: number | undefined;
  readonly frameHeight: number;
  /** Below this a frame shows nothing; 60 when absent. */
  readonly leastHeight?: number;
  /** What the picture shows, in words, for those who hear it. */
  readonly description: string;
  readonly marginRight?: number;
  readonly marginBottom?: number;
  readonly marginLeft?: number;
  /** What the horizontal axis says, below its middle, and the vertical one, above its upper end. */
  readonly xName: string;
  readonly yName?: string;
  readonly legend?: (theme: Theme) => readonly LegendItem[];
  /** Axes, scales and marks, in the colours of the theme. */
  readonly plot: (theme: Theme, frame: Frame) => Plot.PlotOptions;
  readonly document?: InDocument<Made>['document'] | undefined;
  /** What of it can be pointed at; undefined where nobody asks. */
  readonly regions?: RegionParts | undefined;
}

/** A chart as one SVG that stands alone: its ground, its title, its words, all of them within the
 * picture. The same parts give the same text in Node, and in browsers but for half a pixel by which
 * Plot moves lines where a screen has no more than one for each of its own.
 */
export function drawChart<Made>(parts: ChartParts<Made>): string | Made {
  const { title, description, dark, xName, yName = '', legend, leastHeight = 60 } = parts;
  const width = Math.ceil(parts.width);
  const marginBottom = Math.ceil(parts.marginBottom ?? 44);
  const theme = themes[dark ? 'dark' : 'light'];
  const header = layoutHeader({ title, legend: legend?.(theme) ?? [], yName, width });
  const asked = parts.height ?? header.height + parts.frameHeight + marginBottom;
  const height = Math.ceil(Math.max(asked, header.height + leastHeight + marginBottom));
  const document = parts.document ?? parseHTML('<!doctype html><html><body></body></html>').document;
  const plotWithin = ({ left, right, spacing }: TickRoom): Plotted => {
    const [marginLeft, marginRight] = [Math.ceil(left), Math.ceil(right)];
    const frame = { width: width - marginLeft - marginRight, height: height - header.height - marginBottom };
    const { x, marks = [], ...options } = parts.plot(theme, frame);
    const plotted = Plot.plot({
      document: document as NonNullable<Plot.PlotOptions['document']>,
      className: 'chart',
      ...{ width, height, marginTop: header.height, marginRight, marginBottom, marginLeft },
      style: { background: theme.ground, color: theme.ink, fontFamily, fontSize: '12px' },
      ...options,
      x: {
        labelOffset: marginBottom - 8,
        ...(spacing > 0 && { tickSpacing: spacing }),
        ...x,
        label: fitOneLine(xName, width - 16),
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      marks: parts.document ? withTips(marks) : marks,
    });
    const svg = plotted as unknown as SvgElement;
    const needed = tickRoom(svg, width);
    if (needed.left <= marginLeft && needed.right <= marginRight && needed.spacing <= spacing)
      return { svg, marginLeft, frame };
    return plotWithin({
      left: Math.max(marginLeft, needed.left),
      right: Math.max(marginRight, needed.right),
      spacing: Math.max(spacing, needed.spacing),
    });
  };
  const { svg, marginLeft, frame } = plotWithin({
    left: parts.marginLeft ?? 56,
    right: parts.marginRight ?? 32,
    spacing: 0,
  });
  const page = document as unknown as SvgDocument;
  moveWithin(svg, width);
  drawHeader(svg, page, header, theme.ink);
  holdTexts(svg);
  if (parts.regions) {
    const place = { left: marginLeft, top: header.height, frame, picture: { width, height } };
    noteRegions(svg, parts.regions, place);
  }
  standalone(svg, page, title, theme.ground, description);
  return parts.document ? (svg as unknown as Made) : `${svg.outerHTML}\n`;
}

interface Plotted {
  readonly svg: SvgElement;
  readonly marginLeft: number;
  readonly frame: Frame;
}

/** Moves the name of the horizontal axis, which stands at the middle of it, into the picture. */
function moveWithin(svg: SvgElement, width: number): void {
  for (const text of svg.querySelectorAll('[aria-label="x-axis label"] text')) {
    const [, x, y] = /translate\(([^,]+),([^)]+)\)/.exec(text.getAttribute('transform') ?? '') ?? [];
    const half = measureText(text.textContent ?? '', textSize) / 2;
    const middle = Math.max(8 + half, Math.min(Number(x), width - 8 - half));
    text.setAttribute('transform', `translate(${middle},${y})`);
  }
}

/** Fonts of the widths that texts are measured in. */
const fontFamily = "Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif";

/** What a chart is about, by the names that Plot has for marks. */
const pointed: ReadonlySet<unknown> = new Set(['rect', 'bar', 'cell', 'line']);

/** The first mark that is about numbers says them under the pointer. */
function withTips(marks: readonly Plot.Markish[]): Plot.Markish[] {
  const first = marks.findIndex((mark) => pointed.has((mark as { readonly ariaLabel?: unknown } | null)?.ariaLabel));
  return marks.map(
    (mark, index) => (index === first ? Object.assign(mark as object, { tip: true }) : mark) as Plot.Markish,
  );
}

/** What a file of its own needs: a namespace, a ground, a title and a description for those who
 * hear it.
 */
function standalone(svg: SvgElement, document: SvgDocument, title: string, ground: string, description: string): void {
  const create = (tag: string): SvgElement => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const [name, text, rect] = [create('title'), create('desc'), create('rect')];
  name.textContent = oneLine(title);
  text.textContent = oneLine(description);
  for (const side of ['width', 'height']) rect.setAttribute(side, '100%');
  rect.setAttribute('fill', ground);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.prepend(name, text, rect);
}
