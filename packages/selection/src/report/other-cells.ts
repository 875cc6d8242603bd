import { Box2d, counted } from '@qualm/types';
import type { ComparedImages } from '../choose/compared-images.ts';
import { disagreement, disagreementOf } from '../choose/measure.ts';
import { cellIds } from '../scan/cell-ids.ts';
import { listedImage, saidOf } from '../scan/chosen-images.ts';
import { createTop } from '../scan/create-top.ts';
import { bestName } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import type { Cell, CellImage, CellOther } from './cell.ts';
import { createCellImages } from './cell-images.ts';
import type { CellImageOptions } from './cell-images.ts';
import { createCopyCounter } from './stored-ids.ts';

/** Gathers the boxes that only the other model found, which are cells of a page of boxes, too. */
export interface OtherGatherer extends ShardReader {
  /** Those that the other model is least sure of, in this order; the notes say how many there are.
   */
  others(): { readonly cells: readonly Cell[]; readonly notes: readonly string[] };
}

export interface OtherCellOptions extends CellImageOptions {
  /** Of the other model. */
  readonly name: string;
  readonly comparedImages: ComparedImages;
  readonly limit: number;
  /** Keeps the first `limit` by each of the other model's measures. */
  readonly byEach?: boolean | undefined;
  readonly seed?: number | undefined;
}

export function createOtherCells(options: OtherCellOptions): OtherGatherer {
  const { measures, compared, limit, byEach = false, seed, only, name, comparedImages } = options;
  const lists = compared.slice(0, byEach ? compared.length : 1).map(({ measure, place }) => ({
    ...{ place, top: createTop<Cell>({ order: measure.order, limit, seed }) },
  }));
  const copyOf = createCopyCounter();
  let total = 0;

  return {
    add(shard) {
      const { columns, length } = shard.table;
      const copies = copyOf(columns.image_id);
      const images = createCellImages(shard, options, copies);
      const places = Array.from({ length }, (_, image) => image).flatMap((image) =>
        (comparedImages(shard, image)?.alone ?? []).map((row) => [image, row] as const),
      );
      const seen = new Map<number, SeenImage>();
      const made: Cell[] = [];
      const numberOf = ([image, row]: (typeof places)[number], measure: number): number =>
        shard.others[image]!.compared.numbers?.[measure]?.[row] ?? NaN;
      for (const { place, top } of lists)
        top.add(
          Float64Array.from(places, (one) => numberOf(one, place)),
          (at) => columns.image_id.at(places[at]![0])!,
          (at) => (made[at] ??= cellAt(places[at]!)),
        );
      total += places.length;

      function cellAt(own: (typeof places)[number]): Cell {
        const [at, row] = own;
        const { allFirst, second } = comparedImages(shard, at)!;
        if (!seen.has(at)) seen.set(at, seenImage({ ...images.imageOf(at), pairs: [] }, second, copies[at]!));
        const { image, ids } = seen.get(at)!;
        return {
          ...{ id: ids[row]!, image, box: null, other: boxAt(second, row) },
          // What this model says of its boxes it says of none here.
          values: measures.map((measure) => (measure === disagreement ? disagreementOf(second, row, allFirst) : NaN)),
          otherValues: compared.map(({ place }) => numberOf(own, place)),
          ...{ deciding: [], ...saidOf(only, listedImage(shard.table, at), null) },
        };
      }
    },
    others() {
      const cells = [...new Set(lists.flatMap(({ top }) => top.ranked()))];
      const all = total === 1 ? 'it is' : 'they are';
      const which =
        cells.length < total
          ? `the ${counted(cells.length, 'that it is least sure of is', 'that it is least sure of are')}`
          : all;
      return {
        cells,
        notes:
          total === 0
            ? []
            : [
                `${counted(total, 'box is', 'boxes are')} only in ${name}; ${which} in the page where it is asked for what is only in ${name}`,
              ],
      };
    },
  };
}

/** An image with the ids of the other model's boxes, none of which is that of one of its own. */
interface SeenImage {
  readonly image: CellImage;
  readonly ids: readonly string[];
}

function seenImage(image: CellImage, second: NamedBoxes, copy: number): SeenImage {
  const boxes = Array.from({ length: second.length }, (_, row) => boxAt(second, row));
  const taken = new Set(image.boxes.map(({ id }) => id));
  const { boxes: ids } = cellIds(copy === 1 ? image.image_id : `${image.image_id}~${copy}`, boxes);
  return { image, ids: ids.map((id) => (taken.has(id) ? `${id}~other` : id)) };
}

function boxAt(boxes: NamedBoxes, row: number): CellOther {
  const side = (edge: number): number => boxes.boxes[4 * row + edge]!;
  return { box: new Box2d(side(0), side(1), side(2), side(3)), label: bestName(boxes, row), row };
}
