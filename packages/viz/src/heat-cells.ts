import { parseColor } from './color.ts';
import type { Fill } from './display-list.ts';
import type { HeatmapLayer } from './layer.ts';
import { valueColor } from './value-color.ts';
import { pointInView } from './view.ts';
import type { View } from './view.ts';

const levels = 24;

/** A heat map as fills, one for each level of its colours, of which each is the cells of that
 * level. Cells end on whole pixels, so that there are no seams between them.
 * @throws RangeError when there is not one value for each cell, or the domain has no extent.
 */
export function heatCells({ values, columns, rows, style }: HeatmapLayer, view: View): Fill[] {
  if (values.length !== columns * rows)
    throw new RangeError(`heatmap: ${values.length} values for ${columns} x ${rows} cells; expected one for each`);
  const { domain = [0, 1], scheme, fillOpacity = 0.5, opacity = 1 } = style;
  const [low, high] = domain;
  const paths = new Map<number, string>();
  const edgesX = edges(columns, view.image.width, (x) => pointInView([x, 0], view)[0], view.picture.width);
  const edgesY = edges(rows, view.image.height, (y) => pointInView([0, y], view)[1], view.picture.height);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns;) {
      const level = levelOf(values[row * columns + column]!, low, high);
      let end = column + 1;
      while (end < columns && levelOf(values[row * columns + end]!, low, high) === level) end++;
      const [x, y, right, bottom] = [edgesX[column]!, edgesY[row]!, edgesX[end]!, edgesY[row + 1]!];
      if (level !== null && right > x && bottom > y)
        paths.set(level, `${paths.get(level) ?? ''}M${x} ${y}H${right}V${bottom}H${x}z`);
      column = end;
    }
  }
  const area = view.picture.width * view.picture.height;
  return [...paths]
    .sort(([a], [b]) => a - b)
    .flatMap(([level, path]) => {
      const at = low + ((level + 0.5) / levels) * (high - low);
      const color = parseColor(valueColor(at, { domain, ...(scheme && { scheme }) })).hex;
      const shown = fillOpacity * opacity;
      return shown > 0 ? [{ path, color, opacity: shown, rule: 'nonzero' as const, area }] : [];
    });
}

/** Null for NaN: there is nothing to draw. */
function levelOf(value: number, low: number, high: number): number | null {
  if (Number.isNaN(value)) return null;
  const place = ((value - low) / (high - low)) * levels;
  return Math.min(levels - 1, Math.max(0, Math.floor(place)));
}

/** Where cells begin and end in the picture, whole pixels inside of it. */
function edges(cells: number, extent: number, inView: (at: number) => number, end: number): number[] {
  return Array.from({ length: cells + 1 }, (_, index) => {
    const at = Math.round(inView((index / cells) * extent));
    return Math.min(end, Math.max(0, at));
  });
}
