import { DOMParser } from 'linkedom';
import { propertyOf } from './charts/svg-element.ts';
import type { SvgElement } from './charts/svg-element.ts';
import { escapeXml } from './clean-text.ts';
import { inkOn, parseColor } from './color.ts';
import { linePainter, needsPainter } from './line-painter.ts';
import { shapedElements } from './shaped-elements.ts';

/** What is turned does not lie on the pixels of the whole: drawn finer, it stays sharp. */
const finer = 2;

/** An SVG of ours with pictures in the place of those texts that resvg would misdraw, drawn by
 * Pango: each at its place, in its size, weight and colour, turned as it is. The same SVG where
 * there are none, or no fonts that may have them.
 * @param scale pixels for each unit of the SVG
 * @param fontFiles beside the shipped one; they have been checked
 */
export async function shapeTexts(svg: string, fontFiles: readonly string[], scale: number): Promise<string> {
  if (fontFiles.length === 0) return svg;
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const texts = [...document.querySelectorAll('text')].filter(
    (text) => text.children.length === 0 && needsPainter(wordsOf(text)),
  );
  if (texts.length === 0) return svg;
  const paint = await linePainter(fontFiles);
  for (const text of texts) {
    const of = styleOf(text);
    const painted = (color: string) =>
      paint(wordsOf(text), { fontSize: of.fontSize * scale * finer, color, weight: of.weight });
    const ink = await painted(of.color);
    const halo = of.strokeWidth > 0 ? { line: await painted(inkOn(of.color)), width: of.strokeWidth } : null;
    const units = 1 / (scale * finer);
    const x = of.x - anchorShares[of.anchor]! * ink.advance * units;
    const told = Object.entries({ transform: text.getAttribute('transform'), opacity: of.opacity });
    const attributes = told.map(([name, value]) => (value === null ? '' : ` ${name}="${escapeXml(value)}"`));
    text.outerHTML = `<g${attributes.join('')}>${shapedElements({ ink, halo, scale: units }, x, of.y)}</g>`;
  }
  return document.toString();
}

function wordsOf(text: SvgElement): string {
  return (text.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** How much of a text is before its place. */
const anchorShares: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };

interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly fontSize: number;
  readonly weight: number;
  readonly color: string;
  readonly opacity: string | null;
  /** Around the letters, 0 for none. */
  readonly strokeWidth: number;
  readonly anchor: string;
}

function styleOf(text: SvgElement): TextStyle {
  const told = (name: string, otherwise: string): string => propertyOf(text, name) ?? otherwise;
  const fontSize = Number.parseFloat(told('font-size', '16'));
  const length = (name: string): number => {
    const value = text.getAttribute(name) ?? '0';
    return Number.parseFloat(value) * (value.endsWith('em') ? fontSize : 1);
  };
  const fill = told('fill', 'black');
  const weight = told('font-weight', 'normal');
  return {
    ...{ x: length('x') + length('dx'), y: length('y') + length('dy'), fontSize },
    weight: weight === 'bold' ? 700 : Number.parseFloat(weight) || 400,
    color: parseColor(fill === 'currentColor' ? told('color', 'black') : fill).hex,
    opacity: propertyOf(text, 'fill-opacity') ?? text.getAttribute('opacity'),
    strokeWidth: told('stroke', 'none') === 'none' ? 0 : Number.parseFloat(told('stroke-width', '1')),
    anchor: told('text-anchor', 'start'),
  };
}
