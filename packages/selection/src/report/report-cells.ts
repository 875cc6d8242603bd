import type { Measure } from '../choose/measure.ts';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import { imageNumbers } from '../rank/image-numbers.ts';
import { createBoxReader } from '../scan/box-reader.ts';
import type { BoxReader } from '../scan/box-reader.ts';
import { cellIds } from '../scan/cell-ids.ts';
import { createTop, imagesOfBoxes } from '../scan/create-top.ts';
import { foundBox } from '../scan/found-box.ts';
import { nobody } from '../scan/other-images.ts';
import type { OtherImage } from '../scan/other-images.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import type { Cell, CellBox, CellImage } from './cell.ts';

/** Boxes of a prediction, or whole images. */
export type CellKind = 'box' | 'image';

/** Gathers the cells that the first measure is least sure of; those without a number come last, ties go by image id or
 * by seed. */
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
}

export function createCells({ by, measures, limit, seed, empty }: CellOptions): CellGatherer {
  const [first] = measures;
  const top = createTop<Cell>({ order: by === 'box' ? first.order : first.imageOrder, limit, seed });
  const copyOf = createCopyCounter();
  return {
    add(shard) {
      const { columns } = shard.table;
      const images = createCellImages(shard, measures, copyOf(columns.image_id));
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

/** An image may be in a list twice. [images]: whether each is the first of its id, the second, and so on. */
function createCopyCounter(): (ids: Iterable<string | number>) => readonly number[] {
  const seen = new Map<string | number, number>();
  return (ids) =>
    Array.from(ids, (id) => {
      const copy = (seen.get(id) ?? 0) + 1;
      seen.set(id, copy);
      return copy;
    });
}

interface CellImages {
  boxCell(image: number, place: number): Cell;
  imageCell(image: number, value: number): Cell;
}

/** Makes the cells of a shard: whole values, of which nothing holds the shard. */
function createCellImages(
  shard: ScoredShard,
  measures: CellOptions['measures'],
  copies: readonly number[],
): CellImages {
  const { table, offsets, rows, values, others } = shard;
  const { columns } = table;
  const reader = createBoxReader(table);
  const idsOf = createIds(shard, reader, copies);
  const boxOf = (image: number, place: number, compared: OtherImage['compared']): CellBox => {
    const row = rows[place]!;
    const stored = row - table.boxes.offsets[image]!;
    const { hasAllScores: _, ...box } = foundBox(reader, row, stored);
    const [, ...further] = measures;
    const numbers = [values[place]!, ...further.map((measure) => measure.scoreBox(box, compared))];
    return { ...box, id: idsOf(image).boxes[stored]!, values: numbers };
  };
  const imageOf = (image: number, boxes: readonly CellBox[]): CellImage => ({
    ...{ image_id: columns.image_id.at(image)!, uri: columns.image.at(image)?.uri ?? null, boxes },
    ...{ width: columns.width.at(image) ?? null, height: columns.height.at(image) ?? null },
    ...(others[image] ?? nobody),
  });
  return {
    boxCell(image, place) {
      const box = boxOf(image, place, (others[image] ?? nobody).compared);
      return { id: box.id, image: imageOf(image, [box]), box, values: box.values, deciding: [] };
    },
    imageCell(image, value) {
      const { compared } = others[image] ?? nobody;
      const [start, end] = [offsets[image]!, offsets[image + 1]!];
      const boxes = Array.from({ length: end - start }, (_, at) => boxOf(image, start + at, compared));
      const ofBoxes = measures.map((_, at) => boxes.map((box) => box.values[at]!));
      const [, ...further] = measures;
      return {
        ...{ id: idsOf(image).image, image: imageOf(image, boxes), box: null },
        values: [value, ...further.map((measure, at) => measure.scoreImage(boxes, ofBoxes[at + 1]!, compared))],
        deciding: boxes.length === 0 ? [] : measures.map((measure, at) => decisionOf(measure, boxes, ofBoxes[at]!)),
      };
    },
  };
}

function decisionOf(measure: Measure, boxes: readonly CellBox[], values: readonly number[]): Cell['deciding'][number] {
  const { place, isItsOwn } = measure.deciding(values, 0, values.length);
  return { box: boxes[place]!, value: isItsOwn ? null : measure.share(values[place]!) };
}

/** The ids of an image and of all boxes that are stored of it, made once for each image that is asked for. */
function createIds(
  {
    table: {
      boxes: { offsets },
      columns,
    },
  }: ScoredShard,
  reader: BoxReader,
  copies: readonly number[],
): (image: number) => ReturnType<typeof cellIds> {
  const known = new Map<number, ReturnType<typeof cellIds>>();
  return (image) => {
    const made = known.get(image);
    if (made) return made;
    const id = columns.image_id.at(image)!;
    const copy = copies[image]!;
    const [start, end] = [offsets[image]!, offsets[image + 1]!];
    const boxes = Array.from({ length: end - start }, (_, at) => {
      const [best] = reader.labelIdsOf(start + at);
      const label = best === undefined ? null : (reader.nameOf(best) ?? String(best));
      return { box: reader.boxOf(start + at), label };
    });
    const ids = cellIds(copy === 1 ? id : `${id}~${copy}`, boxes);
    known.set(image, ids);
    return ids;
  };
}
