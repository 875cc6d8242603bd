import * as Plot from '@observablehq/plot';
import { assertArray, assertOptions } from '@qualm/types';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';

/** What was found in one tenth of the images. */
export interface Decile {
  /** 0..1; NaN where there was nothing to find. */
  readonly averagePrecision: number;
  readonly images: number;
  /** What these images are called, where they are none of the parts: they are drawn beside them, in
   * grey.
   */
  readonly name?: string;
}

/** Average precision in each tenth of the images, the least sure first, as one SVG: where
 * uncertainty tells how good a model is, the bars rise.
 * @param deciles one for each part of equal size; ten of them, or any other number. After them
 * images that have no place among them, such as those without a box, each group with its name.
 * @example averagePrecisionByDecile([{ averagePrecision: 0.2, images: 20 }, { averagePrecision: 0.6, images: 20 }])
 */
export function averagePrecisionByDecile(deciles: readonly Decile[], options?: ChartOptions): string;
export function averagePrecisionByDecile<Made>(
  deciles: readonly Decile[],
  options: ChartOptions & InDocument<Made>,
): Made;
export function averagePrecisionByDecile<Made>(
  deciles: readonly Decile[],
  options: ChartOptions & Partial<InDocument<Made>> = {},
): string | Made {
  assertArray('averagePrecisionByDecile', 'its deciles', deciles, 'an array of { averagePrecision, images }');
  assertOptions('averagePrecisionByDecile', options, "{ title: 'Boxes' }");
  const { title = 'Average precision, least sure images first', dark = false, width = 560, height = 320 } = options;
  const rows = deciles.map(({ averagePrecision, images, name }, index) => ({
    decile: name ?? String(index + 1),
    isPart: name === undefined,
    images,
    value: Number.isFinite(averagePrecision) ? averagePrecision : null,
  }));
  const known = rows.filter(({ value }) => value !== null);
  const parts = known.filter(({ isPart }) => isPart);
  const [first, last] = [parts[0], parts.at(-1)];
  const beside = rows
    .filter(({ isPart }) => !isPart)
    .map(
      ({ decile, images, value }) =>
        ` ${decile}: ${value === null ? 'nothing to find' : value.toFixed(3)} in ${images} images.`,
    )
    .join('');
  const numParts = rows.filter(({ isPart }) => isPart).length;
  const description =
    first && last
      ? `Average precision in ${numParts} parts of the images, the least sure first: from ${first.value!.toFixed(3)} to ${last.value!.toFixed(3)}.${beside}`
      : `No part of the images has anything to find.${beside}`;
  return drawChart<Made>({
    document: options.document,
    ...{ title, description, dark, width, height, yName: 'average precision' },
    plot: (theme) => ({
      x: {
        label: 'least sure  →  most sure',
        labelAnchor: 'center',
        domain: rows.map(({ decile }) => decile),
        tickSize: 0,
      },
      y: { label: null, domain: [0, 1], grid: true, tickSize: 0 },
      marks: [
        Plot.barY(parts, { x: 'decile', y: 'value', fill: theme.accent }),
        Plot.barY(
          known.filter(({ isPart }) => !isPart),
          { x: 'decile', y: 'value', fill: theme.muted },
        ),
        Plot.text(known, {
          ...{ x: 'decile', y: 'value', dy: -8 },
          text: ({ value }: (typeof rows)[number]) => value!.toFixed(2),
        }),
        Plot.text(
          rows.filter(({ value }) => value === null),
          { x: 'decile', y: () => 0, dy: -8, text: () => 'none', fill: theme.muted },
        ),
        Plot.ruleY([0], { stroke: theme.ink }),
      ],
    }),
  });
}
