import type { ReportShape } from '../report-cell.ts';
import { boxFields } from '../report-data.ts';
import type { ReportData } from '../report-data.ts';
import { decidingOf } from './deciding-at.ts';

/** A box over a picture: its sides are parts of the picture's, 0..1. */
export interface PageBox {
  readonly layer: number;
  /** Whether the cell's number comes from it. */
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

/** The small picture of a cell. */
export function thumbnailAt(data: ReportData, index: number, sort = 0): PagePicture {
  const { src, region } = data.cells;
  return pictureAt(data, index, sort, src[index]!, region[index] ?? wholeImage(data, index));
}

/** The whole image of a cell, from a server; else the small picture. */
export function imageAt(data: ReportData, index: number, sort = 0): PagePicture {
  if (!data.served) return thumbnailAt(data, index, sort);
  return pictureAt(data, index, sort, `image/${index}`, wholeImage(data, index));
}

function wholeImage({ cells: { width, height } }: ReportData, index: number): Region {
  return [0, 0, width[index]!, height[index]!];
}

function pictureAt(data: ReportData, index: number, sort: number, src: string | null, region: Region): PagePicture {
  const [x, y, width, height] = region;
  // Nobody knows how large the image is.
  if (!(width > 0 && height > 0)) return { src, x: 0, y: 0, width: 4, height: 3, boxes: [] };
  return { src, x, y, width, height, boxes: boxesIn(data, index, sort, region) };
}

function boxesIn(data: ReportData, index: number, sort: number, [x, y, width, height]: Region): PageBox[] {
  const { labels, cells } = data;
  const numbers = cells.boxes[index]!;
  const deciding = decidingOf(data, sort).box[index]!;
  const shapes = new Map(cells.shapes?.[index]);
  const boxes: PageBox[] = [];
  for (let at = 0; at < numbers.length; at += boxFields) {
    const [layer, label, score, xmin, ymin, xmax, ymax, box] = numbers.slice(at, at + boxFields) as [
      ...[number, number, number],
      ...[number, number, number, number, number],
    ];
    const [left, right] = [Math.max(0, (xmin - x) / width), Math.min(1, (xmax - x) / width)];
    const [top, bottom] = [Math.max(0, (ymin - y) / height), Math.min(1, (ymax - y) / height)];
    if (left > right || top > bottom) continue;
    const text = [labels[label] ?? '', score < 0 ? '' : score.toFixed(2)].filter(Boolean).join(' ');
    const isDeciding = layer === 0 && box >= 0 && box === deciding;
    const shape = shapes.get(at / boxFields);
    const sides = { left, top, width: right - left, height: bottom - top };
    boxes.push({ layer, isDeciding, text, ...sides, ...(shape && { shape }) });
  }
  return boxes;
}
