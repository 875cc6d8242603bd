import type { GainTogether } from './gains-together.ts';
import type { measureBoxes } from './measure-boxes.ts';
import type { ImageRow, measureImages } from './measure-images.ts';
import type { Spread } from './resamples.ts';

/** All that was measured of a detector. */
export interface MeasuredDetector {
  readonly name: string;
  readonly kind: string;
  readonly images: ReturnType<typeof measureImages>;
  readonly boxes: ReturnType<typeof measureBoxes>;
}

/** Rankings of images that the page shows, of all that are in the results: a doubt and an
 * aggregate.
 */
const shown: readonly (readonly [string, string])[] = [
  ['margin', 'greatest'],
  ['least confidence', 'greatest'],
  ['entropy', 'greatest'],
  ['is it there?', 'greatest'],
  ['margin', 'mean'],
  ['least confidence', 'mean'],
  ['least confidence', 'median'],
  ['least confidence', 'mean of 3 greatest'],
  ['ratio', 'sum'],
  ['entropy', 'sum'],
  ['margin', 'sum'],
  ['is it there?', 'sum'],
  ['entropies of labels', 'sum'],
  ['boxes', 'count'],
];
const shortly: readonly (readonly [string, string])[] = [
  ['margin', 'greatest'],
  ['margin', 'sum'],
  ['is it there?', 'sum'],
  ['entropies of labels', 'sum'],
  ['boxes', 'count'],
];

/** The tables of docs/strategies/which-strategy.md, by the names of their places in it. */
export function markdownTables(
  detectors: readonly MeasuredDetector[],
  together: readonly GainTogether[],
): Readonly<Record<string, string>> {
  const names = detectors.map(({ name }) => name);
  const perRanking = (rankings: typeof shown, cell: (row: ImageRow) => string): string[][] =>
    rankings.map((ranking) => [nameOf(ranking), ...detectors.map(({ images }) => cell(rowOf(images.rows, ranking)))]);
  const ofBoxes = (cell: (row: MeasuredDetector['boxes']['rows'][number]) => string): string[][] =>
    detectors[0]!.boxes.rows.map(({ doubt }, row) => [doubt, ...detectors.map(({ boxes }) => cell(boxes.rows[row]!))]);
  const best = (key: string): string[] => detectors.map(({ images }) => digits(images.best[key]!));
  return {
    detectors: table(
      ['', ...names],
      [
        ['scores are', ...detectors.map(({ kind }) => kind)],
        ...['right', 'false', 'missed', 'wrong-class', 'in-crowd', 'withoutBox'].map((what) => [
          { withoutBox: 'images without a box' }[what] ?? what.replace('-', ' '),
          ...detectors.map(({ images }) => String(images.errors[what])),
        ]),
        ['the same 100 by one score', ...detectors.map(({ images }) => String(images.alikeByOneScore))],
      ],
    ),
    gains: table(
      ['ranking of images', ...names],
      perRanking(shown, ({ gain }) => text(gain)),
    ),
    together: table(
      ['ranking of images', 'mean gain', 'less that of entropies of labels, sum'],
      shown.map((ranking) => {
        const { gain, difference } = rowOf(together, ranking);
        return [nameOf(ranking), text(gain), text(difference)];
      }),
    ),
    firsts: table(
      ['first images', 'ranking', ...names],
      ['10', '20', '50', '100'].flatMap((first) => [
        ...perRanking(shortly, ({ lift }) => text(lift[first]!)).map((row) => [first, ...row]),
        [first, 'the best there is', ...best(first)],
      ]),
    ),
    stay: table(
      ['ranking', ...names],
      perRanking(shown, ({ stay }) =>
        ['0.05 to 0.1', '0.1 to 0.2', '0.2 to 0.3', '0.3 to 0.4'].map((move) => stay[move]!).join(' '),
      ),
    ),
    objects: table(
      ['ranking', ...names],
      [...perRanking(shown, ({ objectLift }) => text(objectLift)), ['the best there is', ...best('objects')]],
    ),
    'box-firsts': table(
      ['ranking of boxes', ...names],
      ofBoxes(({ lift100, stay }) => `${text(lift100)}, ${stay} stay`),
    ),
    'box-areas': table(
      ['ranking of boxes', ...names],
      ofBoxes(({ area, areaOfWrongClass }) => `${digits(area.value)}, ${digits(areaOfWrongClass.value)}`),
    ),
  };
}

function rowOf<Row extends { doubt: string; aggregate: string }>(
  rows: readonly Row[],
  [doubt, aggregate]: readonly [string, string],
): Row {
  return rows.find((row) => row.doubt === doubt && row.aggregate === aggregate)!;
}

function nameOf([doubt, aggregate]: readonly [string, string]): string {
  return doubt === 'boxes' ? 'number of boxes' : `${doubt}, ${aggregate}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Two digits after the point, and where 95 % of the resamples lie. */
function text({ value, low, high }: Spread): string {
  return `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}

function digits(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace(/^(-?)0\./, '$1.');
}
