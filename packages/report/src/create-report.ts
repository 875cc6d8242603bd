import { createHash } from 'node:crypto';
import type { RankOrder } from '@qualm/types';
import { clusterOrder } from '@qualm/viz/svg';
import { assertCell } from './assert-cell.ts';
import { jsonForScript } from './json-for-script.ts';
import { pageSource } from './page-source.ts';
import type { ReportCellData, ReportData } from './report-data.ts';

/** A picture of a cell: the part of an image around a box, or a whole image, small. */
export interface Thumbnail {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** A detection, or an image. */
export interface ReportCell {
  /** Of this cell and no other. */
  readonly id: string;
  /** The image's name, for people. */
  readonly image: string;
  /** Null where the image cannot be opened: the cell says so. */
  readonly thumbnail: Thumbnail | null;
  /** Boxes to draw over the picture, in its pixels; what is outside of it is cut off. */
  readonly boxes?: readonly {
    readonly xmin: number;
    readonly ymin: number;
    readonly xmax: number;
    readonly ymax: number;
  }[];
  /** The best class and the second best, as places in `labels`; absent where there is none. */
  readonly label?: number;
  readonly second?: number;
  /** Their scores, 0..1. */
  readonly score?: number;
  readonly secondScore?: number;
  /** What each strategy says, in the order of `strategies`. */
  readonly values: readonly number[];
}

export interface ReportOptions {
  readonly title?: string;
  /** Names of the classes. */
  readonly labels: readonly string[];
  /** What cells can be sorted by; the first one at the beginning. */
  readonly strategies: readonly { readonly name: string; readonly order: RankOrder }[];
  /** Charts from `@qualm/viz/charts`, each for light and for dark pages, and what they show in words. */
  readonly charts?: readonly { readonly light: string; readonly dark: string; readonly words: string }[];
}

/** Classes on an axis of the table of pairs. */
const mostPairClasses = 14;

/** One HTML file that holds everything: a grid of cells to sort, filter by class, score, uncertainty, words and confused pair, to look at
 * closely, to mark and to export. It needs no network and works from `file://`. Nothing of it runs but its own script: whatever
 * cells, labels and names hold is text.
 * @throws RangeError for a cell that does not fit: an id that is there twice, a class that is none, another number of values.
 * @example await writeFile('report.html', createReport(cells, { labels: ['cat', 'dog'], strategies: [{ name: 'margin', order: 'ascending' }] }))
 */
export function createReport(cells: Iterable<ReportCell>, options: ReportOptions): string {
  const { title = 'qualm report', labels, strategies, charts = [] } = options;
  if (strategies.length === 0) throw new RangeError('createReport: no strategies; wanted one to sort by');
  const seen = new Set<string>();
  const shown = Array.from(cells, (cell) => {
    assertCell(cell, options, seen);
    return cellData(cell);
  });
  const data: Omit<ReportData, 'id'> = {
    title,
    labels,
    strategies: strategies.map(({ name, order }) => ({ name, order })),
    pairOrder: pairOrder(shown, labels.length),
    charts: charts.map(({ light, dark, words }) => ({ light: svgUri(light), dark: svgUri(dark), words })),
    cells: shown,
  };
  const json = jsonForScript({
    id: createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16),
    ...data,
  });
  const { script, style, template } = pageSource();
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return template({ policy, style, script, json });
}

function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

function svgUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
}

function cellData(cell: ReportCell): ReportCellData {
  const { id, image, thumbnail, boxes = [], label = -1, second = -1, score = NaN, secondScore = NaN, values } = cell;
  const { width, height } = thumbnail ?? { width: 4, height: 3 };
  return {
    ...{ id, image, width, height, label, second },
    src: thumbnail && `data:${thumbnail.type};base64,${Buffer.from(thumbnail.bytes).toString('base64')}`,
    boxes: boxes.flatMap((box) => relativeBox(box, width, height)),
    score: rounded(score),
    secondScore: rounded(secondScore),
    values: values.map((value) => (Number.isFinite(value) ? value : null)),
  };
}

/** None for what is no box, or lies outside. */
function relativeBox(
  { xmin, ymin, xmax, ymax }: NonNullable<ReportCell['boxes']>[number],
  width: number,
  height: number,
): [number, number, number, number][] {
  const clip = (value: number, end: number): number => Math.min(1, Math.max(0, value / end));
  const [left, top, right, bottom] = [clip(xmin, width), clip(ymin, height), clip(xmax, width), clip(ymax, height)];
  return left <= right && top <= bottom ? [[round(left), round(top), round(right - left), round(bottom - top)]] : [];
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? round(value) : null;
}

/** The classes that most cells are torn between, those that are confused side by side. */
function pairOrder(cells: readonly ReportCellData[], numClasses: number): number[] {
  const pairs = new Map<number, number>();
  const weight = new Map<number, number>();
  for (const { label, second } of cells) {
    if (label < 0 || second < 0) continue;
    pairs.set(label * numClasses + second, (pairs.get(label * numClasses + second) ?? 0) + 1);
    for (const one of [label, second]) weight.set(one, (weight.get(one) ?? 0) + 1);
  }
  const kept = [...weight]
    .sort(([a, one], [b, two]) => two - one || a - b)
    .slice(0, mostPairClasses)
    .map(([index]) => index)
    .sort((a, b) => a - b);
  const likeness = kept.flatMap((row) => kept.map((column) => pairs.get(row * numClasses + column) ?? 0));
  return clusterOrder(likeness, kept.length).map((place) => kept[place]!);
}
