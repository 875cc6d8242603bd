import type { BoxClasses, ReportBox, ReportCell } from '@qualm/report';
import { wrongArgument } from '@qualm/types';
import type { Box2d } from '@qualm/types';
import { cropRegion } from '@qualm/viz/svg';
import type { Rect } from '@qualm/viz/svg';
import { imageName } from '../draw/image-name.ts';
import { bestName } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import type { Cell, CellBox, CellImage } from './cell.ts';
import { reportShape } from './report-shape.ts';
import type { CellKind } from './report-cells.ts';

/** A cell as the page takes it, without its picture, and where that comes from. */
export interface PageCell {
  readonly cell: ReportCell;
  /** Of the image; null where it is not a file. */
  readonly uri: string | null;
}

/** What a crop shows around its box, of the box's longer side. */
const context = 0.3;
/** Boxes that are drawn over one picture. */
const mostBoxes = 200;

/** How many classes of its vector the page has of a box: of one that a number comes from, and of
 * the others. A page of many cells has fewer, for it is read as a whole before anything is seen.
 */
interface VectorSizes {
  readonly deciding: number;
  readonly others: number;
}
const manyCells = 5000;
const vectors = { few: { deciding: 5, others: 5 }, many: { deciding: 3, others: 2 } };

/** Cells as the page takes them, and the names of the classes in them. */
export function pageCells(
  cells: readonly Cell[],
  by: CellKind,
): { readonly cells: readonly PageCell[]; readonly labels: readonly string[] } {
  if (!Array.isArray(cells)) throw wrongArgument('pageCells', 'its cells', cells, 'the cells that reportOf gives');
  if (by !== 'box' && by !== 'image') throw wrongArgument('pageCells', 'by', by, "'box' or 'image'");
  const places = new Map<string, number>();
  const place = (name: string): number => places.get(name) ?? places.set(name, places.size).size - 1;
  const sizes = cells.length > manyCells ? vectors.many : vectors.few;
  return { cells: cells.map((cell) => pageCell(cell, by, place, sizes)), labels: [...places.keys()] };
}

/** @param place of a label among those of the page */
function pageCell(
  { id, image, box, values, deciding, reason }: Cell,
  by: CellKind,
  place: (name: string) => number,
  sizes: VectorSizes,
): PageCell {
  const { width, height, uri, image_id } = image;
  const size = width === null || height === null ? null : { width, height };
  const region = by === 'box' && size && box ? regionAround(box.box, size) : null;
  const own = by === 'box' ? (box ? [box] : []) : image.boxes;
  const decides = new Set(deciding.map((one) => one.box));
  const boxes = [
    ...ownBoxes(own, { by, region, place, sizes, isDeciding: (one) => one === box || decides.has(one) }, image),
    ...image.layers.flatMap((layer, at) => layerBoxes(layer, at + 1, region, place)),
  ];
  const cell = {
    ...{ id, imageId: image_id, image: imageName(uri, image_id), values, boxes },
    ...size,
    ...(region && { region }),
    ...(reason !== null && { reason }),
    ...(box && boxClasses(box, place)),
    ...(deciding.length > 0 && {
      deciding: deciding.map((one) => ({
        ...boxClasses(one.box, place),
        ...(one.value !== null && { value: one.value }),
      })),
    }),
  };
  return { cell, uri };
}

function boxClasses(box: CellBox, place: (name: string) => number): BoxClasses {
  return {
    box: box.place,
    ...(box.label !== null && { label: place(box.label), score: box.score }),
    ...(box.second !== null && { second: place(box.second) }),
    ...(box.secondScore !== null && { secondScore: box.secondScore }),
  };
}

function regionAround(box: Box2d<'pixels'>, size: { width: number; height: number }): Rect | null {
  try {
    return cropRegion(box, size, context);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface OwnBoxes {
  readonly by: CellKind;
  readonly region: Rect | null;
  readonly place: (name: string) => number;
  readonly sizes: VectorSizes;
  readonly isDeciding: (box: CellBox) => boolean;
}

function ownBoxes(
  boxes: readonly CellBox[],
  { by, region, place, sizes, isDeciding }: OwnBoxes,
  { nameOf }: CellImage,
): ReportBox[] {
  const seen = boxes.filter(({ box }) => region === null || isSeen(box, region));
  // A box that a number comes from is drawn however little it scores.
  const drawn = mostSure(seen, (one) => one.score + (isDeciding(one) ? 1 : 0));
  return mostSure(drawn, ({ score }) => score).map((one) => {
    const { box, label, score, shapes, labelIds, scores } = one;
    const { xmin, ymin, xmax, ymax } = box;
    const ids = labelIds.subarray(1, isDeciding(one) ? sizes.deciding : sizes.others);
    return {
      ...{ xmin, ymin, xmax, ymax, layer: 0, box: one.place, score },
      ...(label !== null && { label: place(label) }),
      ...(label !== null && {
        rivals: Array.from(ids, (id, at) => ({ label: place(nameOf(id)), score: scores[at + 1] ?? NaN })),
      }),
      // Those of a cell that is a box are the cell's.
      ...(by === 'image' && one.values.length > 0 && { values: one.values }),
      ...(shapes && { shape: reportShape(shapes.at(0), sideOf(region)) }),
    };
  });
}

function layerBoxes(layer: NamedBoxes, at: number, region: Rect | null, place: (name: string) => number): ReportBox[] {
  const { boxes, scores, numClasses, shapes } = layer;
  const sidesOf = (row: number): Sides => {
    const side = (edge: number): number => boxes[4 * row + edge]!;
    return { xmin: side(0), ymin: side(1), xmax: side(2), ymax: side(3) };
  };
  const rows = Array.from({ length: layer.length }, (_, row) => row);
  const seen = rows.filter((row) => region === null || isSeen(sidesOf(row), region));
  return mostSure(seen, (row) => scores?.[row * numClasses] ?? 1).map((row) => {
    const name = bestName(layer, row);
    return {
      ...{ ...sidesOf(row), layer: at },
      ...(name !== null && { label: place(name) }),
      ...(scores && { score: scores[row * numClasses]! }),
      ...(shapes && { shape: reportShape(shapes.at(row), sideOf(region)) }),
    };
  });
}

/** The longer side of a crop. */
function sideOf(region: Rect | null): number | undefined {
  return region ? Math.max(region.width, region.height) : undefined;
}

/** Those of the best scores. */
function mostSure<Item>(items: readonly Item[], scoreOf: (item: Item) => number): Item[] {
  return items.toSorted((a, b) => scoreOf(b) - scoreOf(a)).slice(0, mostBoxes);
}

type Sides = Pick<ReportBox, 'xmin' | 'ymin' | 'xmax' | 'ymax'>;

function isSeen({ xmin, ymin, xmax, ymax }: Sides, { x, y, width, height }: Rect): boolean {
  return xmin < x + width && xmax > x && ymin < y + height && ymax > y;
}
