import * as Plot from '@observablehq/plot';
import { assertColumn, assertOptions, counted, countText } from '@qualm/types';
import type { Column } from '@qualm/types';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import { dashes } from './legend.ts';

/** The margin of boxes against their best score, both 0..1, as a map of how many lie where:
 * millions of boxes are as many cells as twenty. Boxes near the bottom are torn between two
 * classes; on the diagonal the second class scores nothing. Rows with an invalid number, or
 * outside 0..1, are left out and counted in the words.
 * @throws RangeError when the columns differ in length.
 * @example marginAgainstConfidence(table.column('margin'), table.column('score'))
 */
export function marginAgainstConfidence(
  margins: Column<number>,
  confidences: Column<number>,
  options?: ChartOptions,
): string;
export function marginAgainstConfidence<Made>(
  margins: Column<number>,
  confidences: Column<number>,
  options: ChartOptions & InDocument<Made>,
): Made;
export function marginAgainstConfidence<Made>(
  margins: Column<number>,
  confidences: Column<number>,
  options: ChartOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertColumn('marginAgainstConfidence', 'its margins', margins);
  assertColumn('marginAgainstConfidence', 'its confidences', confidences);
  assertOptions('marginAgainstConfidence', options, "{ title: 'Boxes' }");
  const { title = 'Margin against confidence', dark = false, width = 560, height } = options;
  if (margins.length !== confidences.length)
    throw new RangeError(
      `marginAgainstConfidence: ${margins.length} margins for ${confidences.length} confidences; expected one for each`,
    );
  const { counts, shown } = mapOf(margins, confidences);
  const cells = [...counts].flatMap((count, at) =>
    count > 0 ? [{ x: (at % cellsAcross) / cellsAcross, y: Math.floor(at / cellsAcross) / cellsAcross, count }] : [],
  );
  const torn = cells.reduce((sum, { y, count }) => (y < tornBelow ? sum + count : sum), 0);
  const most = cells.reduce((highest, { count }) => Math.max(highest, count), 2);
  const left = margins.length - shown;
  const boxes = counted(shown, 'box', 'boxes');
  const below = `${counted(torn, 'has', 'have')} a margin below ${tornBelow}`;
  const rest = left > 0 ? ` ${counted(left, 'is', 'are')} left out.` : '';
  const description = `${boxes} by margin and best score; ${below}.${rest}`;
  return drawChart<Made>({
    document: options.document,
    ...{ title, description, dark, width, height, frameHeight: 356, xName: 'best score', yName: 'margin' },
    legend: (theme) => [
      { words: `1 to ${countText(most)} boxes`, sign: { kind: 'ramp', colors: theme.ramp } },
      {
        words: `margin ${tornBelow}: ${countText(torn)} of ${boxes} below`,
        sign: { kind: 'dashes', color: theme.colours[1]! },
      },
      { words: 'no second class', sign: { kind: 'dashes', color: theme.muted } },
    ],
    plot: (theme) => ({
      x: { domain: [0, 1], tickSize: 4 },
      y: { label: null, domain: [0, 1], tickSize: 4 },
      color: { type: 'log', range: [...theme.ramp], domain: [1, most] },
      marks: [
        Plot.rect(cells, {
          ...{ x1: 'x', y1: 'y', fill: 'count', inset: 0.5 },
          x2: ({ x }: { x: number }) => x + 1 / cellsAcross,
          y2: ({ y }: { y: number }) => y + 1 / cellsAcross,
        }),
        Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: theme.muted, strokeDasharray: dashes }),
        Plot.ruleY([tornBelow], { stroke: theme.colours[1]!, strokeDasharray: dashes }),
        Plot.frame({ stroke: theme.muted }),
      ],
    }),
  });
}

const cellsAcross = 40;
/** What counts as torn between two classes; the edge of a row of cells. */
const tornBelow = 0.1;

function mapOf(margins: Column<number>, confidences: Column<number>): { counts: Uint32Array; shown: number } {
  const counts = new Uint32Array(cellsAcross ** 2);
  const cell = (value: number): number => Math.min(cellsAcross - 1, Math.floor(value * cellsAcross));
  let shown = 0;
  for (let row = 0; row < margins.length; row++) {
    const [margin, confidence] = [margins.at(row)!, confidences.at(row)!];
    if (!(margin >= 0 && margin <= 1 && confidence >= 0 && confidence <= 1)) continue;
    counts[cell(margin) * cellsAcross + cell(confidence)]!++;
    shown++;
  }
  return { counts, shown };
}
