import type { ReportShape } from '../../report-cell.ts';
import type { ReportData } from '../../report-data.ts';
import { boxesAt } from './box-at.ts';
import type { KnownBox } from './box-at.ts';
import { decidingOf } from './deciding-at.ts';

/** A box over a picture: its sides are parts of the picture's, 0..1. */
export interface PageBox {
  /** Its place in the list that it was taken from. */
  readonly at: number;
  readonly layer: number;
  /** Whether the cell's number comes from it, or the cell is about it. */
  readonly isDeciding: boolean;
  /** Its class and score; empty where it has none. */
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** In pixels of the image; absent where the box stands alone. */
  readonly shape?: ReportShape;
}

/** A cell's picture and what is drawn over it. */
export interface PagePicture {
  readonly src: string | null;
  /** Where in the image what it shows begins, and how large that is, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PageBox[];
}

type Region = readonly [x: number, y: number, width: number, height: number];

/** The small picture of a cell.
 * @param boxes that are drawn over it; those of the cell when absent
 */
export function thumbnailAt(
  data: ReportData,
  index: number,
  sort = 0,
  boxes: readonly KnownBox[] = boxesAt(data, index),
): PagePicture {
  const { src, region } = data.cells;
  return pictureAt(data, index, sort, addressOf(data, src[index]), region[index] ?? wholeImage(data, index), boxes);
}

/** The whole image of a cell, without boxes, where the page has it beside a part of it. */
export function wholeAt(data: ReportData, index: number): PagePicture | null {
  const src = addressOf(data, data.cells.whole?.[index]);
  return src === null ? null : pictureAt(data, index, 0, src, wholeImage(data, index), []);
}

/** The whole image of a cell, from a server; else the small picture. */
export function imageAt(
  data: ReportData,
  index: number,
  sort = 0,
  boxes: readonly KnownBox[] = boxesAt(data, index),
): PagePicture {
  if (!data.served) return thumbnailAt(data, index, sort, boxes);
  return pictureAt(data, index, sort, `image/${index}`, wholeImage(data, index), boxes);
}

function addressOf({ pictureFolder }: ReportData, src: string | null | undefined): string | null {
  return src == null ? null : pictureFolder + src;
}

function wholeImage({ cells: { width, height } }: ReportData, index: number): Region {
  return [0, 0, width[index]!, height[index]!];
}

function pictureAt(
  data: ReportData,
  index: number,
  sort: number,
  src: string | null,
  region: Region,
  boxes: readonly KnownBox[],
): PagePicture {
  const [x, y, width, height] = region;
  // Nobody knows how large the image is.
  if (!(width > 0 && height > 0)) return { src, x: 0, y: 0, width: 4, height: 3, boxes: [] };
  const { box: numbers, layer: layers } = decidingOf(data, sort);
  const decides = { box: numbers[index]!, layer: layers[index]! };
  return { src, x, y, width, height, boxes: boxes.flatMap((box, at) => boxIn(data, box, at, region, decides)) };
}

/** Nothing for a box beside the region. */
function boxIn(
  { labels }: ReportData,
  { layer, label, score, xmin, ymin, xmax, ymax, box, isAbout, shape }: KnownBox,
  at: number,
  [x, y, width, height]: Region,
  decides: Pick<KnownBox, 'box' | 'layer'>,
): PageBox[] {
  const [left, right] = [Math.max(0, (xmin - x) / width), Math.min(1, (xmax - x) / width)];
  const [top, bottom] = [Math.max(0, (ymin - y) / height), Math.min(1, (ymax - y) / height)];
  if (left > right || top > bottom) return [];
  const text = [labels[label] ?? '', score === null ? '' : score.toFixed(2)].filter(Boolean).join(' ');
  const sides = { left, top, width: right - left, height: bottom - top };
  const isDeciding = isAbout || (layer === decides.layer && box >= 0 && box === decides.box);
  return [{ at, layer, isDeciding, text, ...sides, ...(shape && { shape }) }];
}
