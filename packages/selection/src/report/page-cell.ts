import type { BoxClasses, ReportCell, ReportClass } from '@qualm/report';
import { distinctNames, wrongArgument } from '@qualm/types';
import type { Box2d } from '@qualm/types';
import type { BoxLike } from '@qualm/viz';
import { imageName } from '../draw/image-name.ts';
import { boxRegion } from './box-region.ts';
import type { Cell, CellBox, CellImage } from './cell.ts';
import { imageFolders } from './image-folders.ts';
import { drawnPairs, layerBoxes, otherClasses, ownBoxes, partnersOf } from './page-boxes.ts';
import type { OwnPlace, VectorSizes } from './page-boxes.ts';
import type { CellKind } from './report-cells.ts';

/** A cell as the page takes it, without its picture, and where that comes from. */
export interface PageCell {
  readonly cell: ReportCell;
  /** Of the image; null where it is not a file. */
  readonly uri: string | null;
}

const manyCells = 5000;
const vectors = { few: { deciding: 5, others: 5 }, many: { deciding: 3, others: 2 } };

/** Cells as the page takes them, and the names of the classes in them.
 * @param classes of the model: where some share a name, the page tells them apart. Beside other
 * models and labels it does not, for those have names alone.
 */
export function pageCells(
  cells: readonly Cell[],
  by: CellKind,
  classes: readonly ReportClass[] = [],
): { readonly cells: readonly PageCell[]; readonly labels: readonly string[] } {
  if (!Array.isArray(cells)) throw wrongArgument('pageCells', 'its cells', cells, 'the cells that reportOf gives');
  if (by !== 'box' && by !== 'image') throw wrongArgument('pageCells', 'by', by, "'box' or 'image'");
  const places = new Map<string, number>();
  const labels: string[] = [];
  // Labels and models may write one name in two forms of Unicode.
  const place = (name: string): number => {
    const key = name.normalize();
    return places.get(key) ?? places.set(key, labels.push(name) - 1).get(key)!;
  };
  const names = cells.some(({ image }) => image.layers.length > 0) ? [] : distinctNames(classes);
  const ownNames = new Map(names.map((name, at) => [classes[at]!.id, name]));
  const ownPlace: OwnPlace = (labelId, name) => place(ownNames.get(labelId!) ?? name);
  const sizes = cells.length > manyCells ? vectors.many : vectors.few;
  const folders = imageFolders(cells.map(({ image }) => image.uri));
  const areMany = new Set(folders).size > 1;
  const options = { by, place, ownPlace, sizes };
  return {
    cells: cells.map((cell, at) => pageCell(cell, areMany ? folders[at]! : null, options)),
    labels,
  };
}

interface PageCellOptions {
  readonly by: CellKind;
  /** Of a label among those of the page. */
  readonly place: (name: string) => number;
  /** Of a class of the model. */
  readonly ownPlace: OwnPlace;
  readonly sizes: VectorSizes;
}

function pageCell(
  { id, image, box, values, columns = [], words = [], deciding, reason, drawn, kind, ...cellOfOther }: Cell,
  folder: string | null,
  { by, place, ownPlace, sizes }: PageCellOptions,
): PageCell {
  const { width, height, uri, image_id } = image;
  const size = width === null || height === null ? null : { width, height };
  const { other, otherValues = [], otherDeciding = [] } = cellOfOther;
  const about = [box, drawn, other].flatMap((one) => (one ? [one.box] : []));
  const region = by === 'box' && size && about.length > 0 ? boxRegion(around(about), size) : null;
  // Beside another model's box it is seen what this one found there.
  const own = by === 'image' || other ? image.boxes : box ? [box] : [];
  const decides = new Set(deciding.map((one) => one.box));
  const isDeciding = (one: CellBox): boolean => one === box || decides.has(one);
  const ofModel = ownBoxes(own, { by, region, place, ownPlace, sizes, isDeciding }, image);
  const ofOthers = image.layers.map((layer, at) => {
    const isLabelled = at === image.outcomes?.layer;
    const partnerAt = isLabelled ? partnersOf(image, by === 'box' ? drawn : null, place) : undefined;
    const decidingRows = at === 0 ? otherRows(cellOfOther, image) : none;
    return layerBoxes(layer, { at: at + 1, by, region, place, sizes, partnerAt, decidingRows });
  });
  const boxes = [...ofModel, ...ofOthers.flatMap((others) => others.boxes)];
  const cell = {
    ...{ id, imageId: image_id, image: imageName(uri, image_id), values, boxes },
    ...size,
    ...(region && { region }),
    ...(reason !== null && { reason }),
    ...(image.numBoxes !== undefined && { numBoxes: image.numBoxes }),
    ...(folder !== null && { folder }),
    ...(columns.length > 0 && { columns }),
    ...(words.length > 0 && { words }),
    ...(otherValues.length > 0 && { otherValues }),
    ...(image.pairs && { pairs: drawnPairs(image.pairs, ofModel, ofOthers[0]?.rows ?? []) }),
    ...(kind !== undefined && { kind }),
    ...(drawn?.annotationId != null && { annotationId: drawn.annotationId }),
    ...(other && { layer: 1, ...otherClasses(image.layers[0]!, other.row, place) }),
    ...(box ? boxClasses(box, ownPlace) : drawn && drawn.label !== null && { label: place(drawn.label) }),
    ...(deciding.length > 0 && {
      deciding: deciding.map((one) => ({
        ...boxClasses(one.box, ownPlace),
        ...(one.value !== null && { value: one.value }),
      })),
    }),
    ...(otherDeciding.length > 0 && {
      otherDeciding: otherDeciding.map((one) => ({
        ...(one && { box: image.layers[0]!.places![one.row]! }),
        ...(one && one.value !== null && { value: one.value }),
      })),
    }),
  };
  return { cell, uri };
}

const none: ReadonlySet<number> = new Set();

/** The other model's boxes that numbers of a cell come from, as rows of its layer. */
function otherRows(
  { other, otherDeciding }: Pick<Cell, 'other' | 'otherDeciding'>,
  { pairs }: CellImage,
): ReadonlySet<number> {
  if (otherDeciding) return new Set(otherDeciding.flatMap((one) => one?.row ?? []));
  return new Set(other ? [other.row] : pairs?.map(([, row]) => row));
}

function boxClasses(box: CellBox, place: OwnPlace): BoxClasses {
  return {
    box: box.place,
    ...(box.label !== null && { label: place(box.labelIds[0], box.label), score: box.score }),
    ...(box.second !== null && { second: place(box.labelIds[1], box.second) }),
    ...(box.secondScore !== null && { secondScore: box.secondScore }),
  };
}

/** The smallest box around boxes. */
function around(boxes: readonly Box2d<'pixels'>[]): BoxLike {
  const side = (edge: 'xmin' | 'ymin' | 'xmax' | 'ymax'): number[] => boxes.map((box) => box[edge]);
  const [xmin, ymin] = [Math.min(...side('xmin')), Math.min(...side('ymin'))];
  return { xmin, ymin, xmax: Math.max(...side('xmax')), ymax: Math.max(...side('ymax')) };
}
