import { parseHTML } from 'linkedom';
import { measureText } from '../src/index.ts';

/** Where a text of a chart is drawn, in pixels of the picture. */
export interface Extent {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** What the chart tells viewers to make of its length. */
  readonly told: number;
  readonly width: number;
}

/** What of an element is read here. */
interface Element {
  readonly tagName: string;
  readonly textContent: string;
  readonly parentElement: Element | null;
  getAttribute(name: string): string | null;
}

/** What texts of an SVG stretch over, as they are measured in the shipped font. */
export function textExtents(svg: string): Extent[] {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  const texts: Element[] = [...document.querySelectorAll('text')];
  return texts.filter(({ textContent }) => textContent.trim() !== '').map(extentOf);
}

/** The size of the picture. */
export function pictureSize(svg: string): { width: number; height: number } {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
  return { width: Number(width), height: Number(height) };
}

function extentOf(text: Element): Extent {
  const inherited = (name: string): string | null => {
    for (let at: Element | null = text; at; at = at.parentElement) {
      const value = at.tagName.toLowerCase() === 'svg' && name === 'font-size' ? '12' : at.getAttribute(name);
      if (value !== null) return value;
    }
    return null;
  };
  const size = Number.parseFloat(inherited('font-size') ?? '12');
  const width = measureText(text.textContent, size);
  const length = (name: string): number => {
    const value = text.getAttribute(name) ?? '0';
    return Number.parseFloat(value) * (value.endsWith('em') ? size : 1);
  };
  const start = { start: 0, middle: -width / 2, end: -width }[inherited('text-anchor') ?? 'start']!;
  const [x, y] = [length('x') + start, length('y') + length('dy')];
  const corners = [x, x + width].flatMap((across) =>
    [y - 0.75 * size, y + 0.25 * size].map((down): [number, number] => moved(text, [across, down])),
  );
  const [xs, ys] = [corners.map(([across]) => across), corners.map(([, down]) => down)];
  return {
    ...{ text: text.textContent, width, told: Number(text.getAttribute('textLength')) },
    ...{ left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) },
  };
}

/** A point of a text as its own transforms, and those of the groups around it, move it. */
function moved(text: Element, point: readonly [number, number]): [number, number] {
  let [x, y] = point;
  for (let at: Element | null = text; at; at = at.parentElement) {
    const steps = [...(at.getAttribute('transform') ?? '').matchAll(/(translate|rotate)\(([^)]*)\)/g)].reverse();
    for (const [, kind, numbers] of steps) {
      const [a = 0, b = 0] = numbers!.split(/[ ,]+/).map(Number);
      if (kind === 'translate') [x, y] = [x + a, y + b];
      else {
        const angle = (a * Math.PI) / 180;
        [x, y] = [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
      }
    }
  }
  return [x, y];
}
