import * as Plot from '@observablehq/plot';
import { assertArray, assertOptions, counted, countText } from '@qualm/types';
import { measureText } from '../measure-text.ts';
import { fitOneLine, nameText, spokenName, textSize } from './chart-text.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartOptions, InDocument } from './draw-chart.ts';
import type { LegendItem } from './legend.ts';

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
  const { title = 'Average precision, least sure images first', dark = false, width = 560, height } = options;
  const rows = deciles.map(({ averagePrecision, images, name }, index): Row => ({
    ...{ place: String(index), name: name ?? String(index + 1), isPart: name === undefined, images },
    value: Number.isFinite(averagePrecision) ? averagePrecision : null,
  }));
  const known = rows.filter(({ value }) => value !== null);
  const parts = known.filter(({ isPart }) => isPart);
  const [first, last] = [parts[0], parts.at(-1)];
  const groups = rows.filter(({ isPart }) => !isPart);
  const beside = groups
    .map(
      ({ name, images, value }) =>
        ` ${spokenName(name)}: ${value === null ? 'nothing to find' : value.toFixed(3)} in ${imagesText(images)}.`,
    )
    .join('');
  const sizes = rows.filter(({ isPart }) => isPart).map(({ images }) => images);
  const numParts = sizes.length;
  const description =
    first && last
      ? `Average precision in ${counted(numParts, 'part')} of the images, the least sure first: from ${first.value!.toFixed(3)} to ${last.value!.toFixed(3)}.${beside}`
      : `No part of the images has anything to find.${beside}`;
  return drawChart<Made>({
    document: options.document,
    ...{ title, description, dark, width, height, frameHeight: 216, yName: 'average precision' },
    xName: 'least sure  →  most sure',
    ...(options.regions && {
      regions: { mark: 'bar', at: known.map(({ place, isPart }) => (isPart ? Number(place) : -1)), whole: 'y' },
    }),
    legend: (theme) => [
      { words: partWords(sizes), sign: { kind: 'area', color: theme.accent } },
      ...groups.map(({ name, images }): LegendItem => ({
        words: `${nameText(name)}: ${imagesText(images)}`,
        sign: { kind: 'area', color: theme.muted },
      })),
    ],
    plot: (theme, frame) => {
      const band = frame.width / rows.length;
      const fontSize = Math.min(textSize, band / measureText('0.00 ', 1));
      const every = Math.ceil(24 / band);
      return {
        x: {
          domain: rows.map(({ place }) => place),
          tickSize: 0,
          ticks: rows.filter(({ isPart }, at) => !isPart || at % every === 0).map(({ place }) => place),
          tickFormat: (place: string) => fitOneLine(nameText(rows[Number(place)]!.name), Math.max(24, band + 8)),
        },
        y: { label: null, domain: [0, 1], grid: true, tickSize: 0 },
        marks: [
          Plot.barY(known, {
            ...{ x: 'place', y: 'value' },
            fill: ({ isPart }: Row) => (isPart ? theme.accent : theme.muted),
          }),
          ...(fontSize < 7
            ? []
            : [
                Plot.text(rows, {
                  ...{ x: 'place', y: ({ value }: Row) => value ?? 0, dy: -8, fontSize },
                  text: ({ value }: Row) => value?.toFixed(2) ?? 'none',
                  fill: ({ value }: Row) => (value === null ? theme.muted : theme.ink),
                }),
              ]),
          Plot.ruleY([0], { stroke: theme.ink }),
        ],
      };
    },
  });
}

interface Row {
  /** Where it comes, from 0: names may be alike. */
  readonly place: string;
  readonly name: string;
  readonly isPart: boolean;
  readonly images: number;
  readonly value: number | null;
}

function partWords(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (sizes.length === 0) return 'no parts';
  return `${counted(sizes.length, 'part')} of ${least === most ? '' : `${countText(least)} to `}${imagesText(most)}`;
}

function imagesText(count: number): string {
  return counted(count, 'image');
}
