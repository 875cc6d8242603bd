import { axisNames, widestOf } from './axis-names.ts';
import type { ChartOptions } from './draw-chart.ts';

/** Pixels: names of lower rows and narrower columns would overlap. */
export const leastCell = 13;
const marginRight = 32;
/** Names of columns are turned by 60 degrees: what of their length is height. */
const turned = Math.sin(Math.PI / 3);

/** What rows and columns are called, by class, and the room that their names take. */
export function confusionAxes(
  names: readonly string[],
  order: readonly number[],
  { width, height }: ChartOptions,
): {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly sizes: Readonly<Record<'width' | 'marginLeft' | 'marginRight' | 'marginBottom', number>>;
} {
  const shown = (all: readonly string[]): string[] => order.map((index) => all[index]!);
  const rows = axisNames(names, width === undefined ? 200 : 0.4 * width);
  const marginLeft = 16 + widestOf(shown(rows));
  // The first column's name ends at the left edge.
  const columns = axisNames(names, Math.min(2 * (marginLeft - 4), height === undefined ? 200 : 0.4 * height));
  const marginBottom = 42 + turned * widestOf(shown(columns));
  const least = marginLeft + marginRight + order.length * (width === undefined ? 22 : leastCell);
  return {
    ...{ rows, columns },
    sizes: { width: Math.max(width ?? 360, least), marginLeft, marginRight, marginBottom },
  };
}
