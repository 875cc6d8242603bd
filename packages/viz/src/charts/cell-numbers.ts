import * as Plot from '@observablehq/plot';
import { widestOf } from './axis-names.ts';
import type { Frame } from './draw-chart.ts';
import { shortCount } from './number-text.ts';
import type { Theme } from './themes.ts';

/** A cell of a confusion matrix, by the names on its axes. */
interface ConfusionCell {
  readonly row: string;
  readonly column: string;
  readonly count: number;
}

interface CellsLayout {
  readonly theme: Theme;
  /** The largest count. */
  readonly highest: number;
  readonly numClasses: number;
  readonly frame: Frame;
}

/** The counts in their cells, where cells are large enough to read them. */
export function cellNumbers(
  cells: readonly ConfusionCell[],
  { theme, highest, numClasses, frame }: CellsLayout,
): Plot.Markish[] {
  const widest = widestOf(
    cells.map(({ count }) => shortCount(count)),
    1,
  );
  const fontSize = Math.min(10, (frame.width / numClasses - 3) / widest, frame.height / numClasses - 3);
  if (!(fontSize >= 6)) return [];
  return [
    Plot.text(cells, {
      ...{ x: 'column', y: 'row', fontSize },
      text: ({ count }: ConfusionCell) => shortCount(count),
      // Ink that is seen on the lighter and on the darker half of the ramp.
      fill: ({ count }: ConfusionCell) => (count > highest / 2 ? theme.ground : theme.ink),
    }),
  ];
}
