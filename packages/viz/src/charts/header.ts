import { fitOneLine, wrapText } from './chart-text.ts';
import { placeLegend, legendRow, signElements, wordsAt } from './legend.ts';
import type { LegendItem, PlacedItem } from './legend.ts';
import type { SvgDocument, SvgElement } from './svg-element.ts';

/** What stands above a chart: its title, what its colours mean, what its vertical axis is. */
export interface Header {
  readonly titleLines: readonly string[];
  readonly legend: readonly PlacedItem[];
  readonly yName: string;
  /** Where the chart itself begins. */
  readonly height: number;
}

const [edge, below] = [8, 10];
const [titleSize, titleRow, mostTitleRows] = [15, 20, 3];
const nameRow = 18;

/** Places words above a chart: each within its width, the title in three lines at most. */
export function layoutHeader({
  title,
  legend,
  yName,
  width,
}: {
  readonly title: string;
  readonly legend: readonly LegendItem[];
  readonly yName: string;
  readonly width: number;
}): Header {
  const room = width - 2 * edge;
  const titleLines = wrapText(title, room, titleSize, mostTitleRows);
  const top = edge + titleLines.length * titleRow;
  const placed = placeLegend(legend, { x: edge, y: top, right: width - edge });
  const bottom = placed.length === 0 ? top : placed.at(-1)!.y + legendRow / 2;
  const name = fitOneLine(yName, room);
  return { titleLines, legend: placed, yName: name, height: bottom + (name === '' ? 0 : nameRow) + below };
}

/** Draws a header into its chart. */
export function drawHeader(svg: SvgElement, document: SvgDocument, header: Header, ink: string): void {
  const add = (tag: string, attributes: Readonly<Record<string, unknown>>, text?: string): void => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    if (text !== undefined) element.textContent = text;
    svg.append(element);
  };
  const write = (text: string, x: number, middle: number, more: Readonly<Record<string, unknown>> = {}): void =>
    add('text', { x, y: middle, dy: '0.35em', fill: ink, 'text-anchor': 'start', ...more }, text);
  header.titleLines.forEach((line, row) =>
    write(line, edge, edge + (row + 0.5) * titleRow, { 'font-size': titleSize, 'font-weight': 600 }),
  );
  for (const item of header.legend) {
    for (const [tag, attributes] of signElements(item)) add(tag, attributes);
    write(item.words, wordsAt(item), item.y);
  }
  if (header.yName !== '') write(header.yName, edge, header.height - below - nameRow / 2 + 2);
}
