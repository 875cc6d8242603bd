import type { Measure } from '../choose/measure.ts';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import { imageNumbers } from '../rank/image-numbers.ts';
import { createBoxReader } from '../scan/box-reader.ts';
import { createTop, imagesOfBoxes } from '../scan/create-top.ts';
import { bestName, scoresOfBox } from '../scan/named-boxes.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import { listedImage } from '../scan/chosen-images.ts';
import type { FoundBoxes } from '../scan/named-boxes.ts';
import { nobody } from '../scan/other-images.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import type { Cell, CellBox, CellImage } from './cell.ts';
import { createCopyCounter, createIds } from './stored-ids.ts';

/** Boxes of a prediction, or whole images. */
export type CellKind = 'box' | 'image';

/** Gathers the cells that the first measure is least sure of; those without a number come last,
 * ties go by image id or by seed. */
export interface CellGatherer extends ShardReader {
  cells(): readonly Cell[];
}

export interface CellOptions {
  readonly by: CellKind;
  /** The first is that of the scan. */
  readonly measures: readonly [Measure, ...Measure[]];
  readonly limit: number;
  readonly seed?: number | undefined;
  /** Where images without a box come, or the number that they get. */
  readonly empty: EmptyPolicy;
  /** Says why each is there. */
  readonly only?: ChosenImages | undefined;
}

export function createCells({ by, measures, limit, seed, empty, only }: CellOptions): CellGatherer {
  const [first] = measures;
  const top = createTop<Cell>({ order: by === 'box' ? first.order : first.imageOrder, limit, seed });
  const copyOf = createCopyCounter();
  return {
    add(shard) {
      const { columns } = shard.table;
      const images = createCellImages(shard, { measures, only }, copyOf(columns.image_id));
      const idOf = (image: number): string | number => columns.image_id.at(image)!;
      if (by === 'box') {
        const imageOf = imagesOfBoxes(shard.offsets);
        top.add(
          shard.values,
          (place) => idOf(imageOf[place]!),
          (place) => images.boxCell(imageOf[place]!, place),
        );
      } else {
        const numbers = imageNumbers(shard, first, empty);
        top.add(numbers.places, idOf, (image) => images.imageCell(image, numbers.values[image]!));
      }
    },
    cells: () => top.ranked(),
  };
}

interface CellImages {
  boxCell(image: number, place: number): Cell;
  imageCell(image: number, value: number): Cell;
}

/** Makes the cells of a shard: whole values, of which nothing holds the shard. */
function createCellImages(
  shard: ScoredShard,
  { measures, only }: Pick<CellOptions, 'measures' | 'only'>,
  copies: readonly number[],
): CellImages {
  const { table, offsets, rows, values, others } = shard;
  const { columns } = table;
  const [, ...further] = measures;
  const reader = createBoxReader(table);
  const idsOf = createIds(shard, reader, copies);
  /** The boxes of an image from `start` to below `end`, as flat arrays and as rows. */
  const boxesOf = (image: number, start: number, end: number): { found: FoundBoxes; boxes: CellBox[] } => {
    const found = reader.foundOf(rows.subarray(start, end), table.boxes.offsets[image]!);
    const { compared } = others[image] ?? nobody;
    const boxes = Array.from({ length: end - start }, (_, row) => {
      const numbers = further.map((measure) => measure.scoreBox(found, row, compared));
      return cellBox(found, row, {
        id: idsOf(image).boxes[found.places[row]!]!,
        values: [values[start + row]!, ...numbers],
      });
    });
    return { found, boxes };
  };
  const imageOf = (image: number, boxes: readonly CellBox[]): CellImage => ({
    ...{ image_id: columns.image_id.at(image)!, uri: columns.image.at(image)?.uri ?? null, boxes },
    ...{ width: columns.width.at(image) ?? null, height: columns.height.at(image) ?? null },
    ...{ layers: (others[image] ?? nobody).layers, nameOf: reader.labelName },
  });
  const reasonOf = (image: number, place: number | null): string | null =>
    only?.reasonOf?.(listedImage(table, image), place) ?? null;
  return {
    boxCell(image, place) {
      const box = boxesOf(image, place, place + 1).boxes[0]!;
      const own = { id: box.id, image: imageOf(image, [box]), box, values: box.values };
      return { ...own, deciding: [], reason: reasonOf(image, box.place) };
    },
    imageCell(image, value) {
      const { compared } = others[image] ?? nobody;
      const { found, boxes } = boxesOf(image, offsets[image]!, offsets[image + 1]!);
      const ofBoxes = measures.map((_, at) => boxes.map((box) => box.values[at]!));
      return {
        ...{ id: idsOf(image).image, image: imageOf(image, boxes), box: null, reason: reasonOf(image, null) },
        values: [value, ...further.map((measure, at) => measure.scoreImage(found, ofBoxes[at + 1]!, compared))],
        deciding: boxes.length === 0 ? [] : measures.map((measure, at) => decisionOf(measure, boxes, ofBoxes[at]!)),
      };
    },
  };
}

function cellBox(found: FoundBoxes, row: number, own: Pick<CellBox, 'id' | 'values'>): CellBox {
  const { labelIds, numClasses, places, shapes } = found;
  const second = found.runnerUp(row);
  return {
    ...{ ...own, box: found.at(row)!.box, place: places[row]! },
    ...{ label: bestName(found, row), score: found.best(row)!.score },
    ...{ second: second && found.nameOf(second.label_id), secondScore: second && second.score },
    ...(shapes && { shapes: shapes.slice(row, row + 1) }),
    ...{ scores: scoresOfBox(found, row), labelIds: labelIds.subarray(row * numClasses, (row + 1) * numClasses) },
  };
}

function decisionOf(measure: Measure, boxes: readonly CellBox[], values: readonly number[]): Cell['deciding'][number] {
  const { place, isItsOwn } = measure.deciding(values, 0, values.length);
  return { box: boxes[place]!, value: isItsOwn ? null : measure.share(values[place]!) };
}
