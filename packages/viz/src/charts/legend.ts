import { measureText } from '../measure-text.ts';
import { valueColor } from '../value-color.ts';
import { fitOneLine, textSize } from './chart-text.ts';

/** What a colour or a line of a chart means. */
export interface LegendItem {
  readonly words: string;
  readonly sign: Sign;
}

/** How it is drawn: an area of a colour, dashes like those in the chart, or a ramp from little to
 * much.
 */
export type Sign =
  | { readonly kind: 'area'; readonly color: string; readonly opacity?: number }
  | { readonly kind: 'dashes'; readonly color: string }
  | { readonly kind: 'ramp'; readonly colors: readonly [string, string] };

/** An item at its place, in pixels of the chart. */
export interface PlacedItem extends LegendItem {
  readonly x: number;
  /** The middle of its row. */
  readonly y: number;
}

export const legendRow = 18;
/** What dashes look like, here and in the chart. */
export const dashes = '5 4';

const signWidths = { area: 12, dashes: 22, ramp: 60 };
const afterSign = 6;
const afterItem = 18;

/** Items in rows from `x` to `right`, the first row at the height `y`; words that are wider than a
 * row are cut.
 */
export function placeLegend(
  items: readonly LegendItem[],
  { x: left, y: top, right }: { readonly x: number; readonly y: number; readonly right: number },
): PlacedItem[] {
  let [x, row] = [left, 0];
  return items.map(({ words: asked, sign }) => {
    const beforeWords = signWidths[sign.kind] + afterSign;
    const words = fitOneLine(asked, right - left - beforeWords);
    const width = beforeWords + measureText(words, textSize);
    if (x > left && x + width > right) [x, row] = [left, row + 1];
    const placed = { words, sign, x, y: top + (row + 0.5) * legendRow };
    x += width + afterItem;
    return placed;
  });
}

/** Where the words of an item begin. */
export function wordsAt({ x, sign }: PlacedItem): number {
  return x + signWidths[sign.kind] + afterSign;
}

/** The sign of an item as elements of SVG: their names and attributes. */
export function signElements({ x, y, sign }: PlacedItem): (readonly [string, Readonly<Record<string, unknown>>])[] {
  const width = signWidths[sign.kind];
  const area = { x, y: y - 6, width, height: 12 };
  switch (sign.kind) {
    case 'area':
      return [['rect', { ...area, fill: sign.color, ...(sign.opacity && { 'fill-opacity': sign.opacity }) }]];
    case 'dashes':
      return [['line', { x1: x, x2: x + width, y1: y, y2: y, stroke: sign.color, 'stroke-dasharray': dashes }]];
    case 'ramp': {
      const steps = 12;
      return Array.from({ length: steps }, (_, step) => {
        const fill = valueColor(step, { domain: [0, steps - 1], scheme: sign.colors });
        return ['rect', { ...area, x: x + (step * width) / steps, width: width / steps, fill }] as const;
      });
    }
  }
}
