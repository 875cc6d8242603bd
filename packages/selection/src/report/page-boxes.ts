import type { BoxClasses, ReportBox, ScoredClass } from '@qualm/report';
import type { Rect } from '@qualm/viz/svg';
import { bestName } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import type { CellBox, CellDrawn, CellImage } from './cell.ts';
import { reportShape } from './report-shape.ts';
import type { CellKind } from './report-cells.ts';

/** Boxes that are drawn over one picture. */
const mostBoxes = 200;

/** How many classes of its vector the page has of a box: of one that a number comes from, and of
 * the others. A page of many cells has fewer, for it is read as a whole before anything is seen.
 */
export interface VectorSizes {
  readonly deciding: number;
  readonly others: number;
}

/** The place of a class of the model among the labels of the page. */
export type OwnPlace = (labelId: number | undefined, name: string) => number;

/** What of boxes a page shows. */
interface ShownBoxes {
  readonly by: CellKind;
  /** The part of the image that is shown; null for the whole. */
  readonly region: Rect | null;
  /** Of a label among those of the page. */
  readonly place: (name: string) => number;
}

/** The model's own boxes as the page draws them, surest first. */
export function ownBoxes(
  boxes: readonly CellBox[],
  {
    by,
    region,
    place,
    ownPlace,
    sizes,
    isDeciding,
  }: ShownBoxes & {
    readonly ownPlace: OwnPlace;
    readonly sizes: VectorSizes;
    readonly isDeciding: (box: CellBox) => boolean;
  },
  { nameOf, outcomes }: CellImage,
): readonly ReportBox[] {
  const seen = boxes.filter(({ box }) => region === null || isSeen(box, region));
  // A box that a number comes from is drawn however little it scores.
  const drawn = mostSure(seen, (one) => one.score + (isDeciding(one) ? 1 : 0));
  return mostSure(drawn, ({ score }) => score).map((one) => {
    const { box, label, score, shapes, labelIds, scores } = one;
    const { xmin, ymin, xmax, ymax } = box;
    const ids = labelIds.subarray(1, isDeciding(one) ? sizes.deciding : sizes.others);
    return {
      ...{ xmin, ymin, xmax, ymax, layer: 0, box: one.place, score },
      ...(label !== null && { label: ownPlace(labelIds[0], label) }),
      ...partner(outcomes?.drawnAt(one.place), place),
      ...(label !== null && {
        rivals: Array.from(ids, (id, at) => ({ label: ownPlace(id, nameOf(id)), score: scores[at + 1] ?? NaN })),
      }),
      // Those of a cell that is a box are the cell's.
      ...(by === 'image' && one.values.length > 0 && { values: one.values }),
      ...(shapes && { shape: reportShape(shapes.at(0), sideOf(region)) }),
    };
  });
}

/** Boxes of somebody else as the page draws them, surest first, and their rows in `layer`.
 * @param at the place of the layer on the page
 * @param partnerAt what the model found where a row of the layer was drawn
 * @param decidingRows those that numbers come from, which are drawn however little they score
 */
export function layerBoxes(
  layer: NamedBoxes,
  {
    at,
    by,
    region,
    place,
    sizes,
    partnerAt,
    decidingRows,
  }: ShownBoxes & {
    readonly at: number;
    readonly sizes: VectorSizes;
    readonly partnerAt?: ReturnType<typeof partnersOf> | undefined;
    readonly decidingRows: ReadonlySet<number>;
  },
): { readonly boxes: readonly ReportBox[]; readonly rows: readonly number[] } {
  const { boxes, scores, numClasses, shapes, numbers, places } = layer;
  const scoreOf = (row: number): number => scores?.[row * numClasses] ?? 1;
  const sidesOf = (row: number): Sides => {
    const side = (edge: number): number => boxes[4 * row + edge]!;
    return { xmin: side(0), ymin: side(1), xmax: side(2), ymax: side(3) };
  };
  const seen = Array.from({ length: layer.length }, (_, row) => row).filter(
    (row) => region === null || isSeen(sidesOf(row), region),
  );
  const kept = mostSure(seen, (row) => scoreOf(row) + (decidingRows.has(row) ? 1 : 0));
  const rows = mostSure(kept, scoreOf);
  const drawn = rows.map((row) => {
    const name = bestName(layer, row);
    return {
      ...{ ...sidesOf(row), layer: at },
      ...(places && { box: places[row]! }),
      ...(name !== null && { label: place(name) }),
      ...(scores && { score: scores[row * numClasses]! }),
      ...(decidingRows.has(row) && { rivals: rivalsOf(layer, row, { most: sizes.deciding, place }) }),
      ...partnerAt?.(row),
      ...(by === 'image' && numbers && { values: numbers.map((values) => values?.[row] ?? NaN) }),
      ...(shapes && { shape: reportShape(shapes.at(row), sideOf(region)) }),
    };
  });
  return { boxes: drawn, rows };
}

/** The classes of somebody else's box after its best one, as many as are kept. */
function rivalsOf(
  { labelIds, scores, numClasses, nameOf }: NamedBoxes,
  row: number,
  { most, place }: Pick<ShownBoxes, 'place'> & { readonly most: number },
): ScoredClass[] {
  return Array.from({ length: Math.min(most, numClasses) - 1 }, (_, at) => row * numClasses + at + 1).flatMap(
    (cell) => {
      const name = nameOf(labelIds[cell]!);
      return name === null || !scores ? [] : [{ label: place(name), score: scores[cell]! }];
    },
  );
}

/** What the box of another model may be. */
export function otherClasses(layer: NamedBoxes, row: number, place: ShownBoxes['place']): BoxClasses {
  const name = bestName(layer, row);
  const [second] = rivalsOf(layer, row, { most: 2, place });
  return {
    ...(layer.places && { box: layer.places[row]! }),
    ...(name !== null && { label: place(name), score: layer.best(row)!.score }),
    ...(second && { second: second.label, secondScore: second.score }),
  };
}

/** What the model found where boxes of an image were drawn.
 * @param only the one that the cell is about, or none; all of them where it is null.
 */
export function partnersOf(
  { outcomes }: CellImage,
  only: CellDrawn | null | undefined,
  place: ShownBoxes['place'],
): (row: number) => Pick<ReportBox, 'partner'> {
  return (row) => partner(only === null || only?.row === row ? outcomes?.foundAt(row) : undefined, place);
}

function partner(name: string | null | undefined, place: ShownBoxes['place']): Pick<ReportBox, 'partner'> {
  return name === undefined ? {} : { partner: name === null ? -1 : place(name) };
}

/** Pairs of boxes that are both drawn, as places among all that are drawn: the model's own come
 * first, then those of the other model.
 */
export function drawnPairs(
  pairs: NonNullable<CellImage['pairs']>,
  own: readonly ReportBox[],
  otherRows: readonly number[],
): (readonly [number, number])[] {
  const firsts = new Map(own.map(({ box }, at) => [box, at]));
  const seconds = new Map(otherRows.map((row, at) => [row, own.length + at]));
  return pairs.flatMap(([place, row]) => {
    const [first, second] = [firsts.get(place), seconds.get(row)];
    return first === undefined || second === undefined ? [] : [[first, second] as const];
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
