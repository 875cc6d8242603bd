import type { ComparedImages } from '../choose/compared-images.ts';
import type { Measure } from '../choose/measure.ts';
import { createBoxReader } from '../scan/box-reader.ts';
import { listedImage, saidOf } from '../scan/chosen-images.ts';
import type { ChosenImages, Said } from '../scan/chosen-images.ts';
import { bestName, scoresOfBox } from '../scan/named-boxes.ts';
import type { FoundBoxes, NamedBoxes } from '../scan/named-boxes.ts';
import { nobody } from '../scan/other-images.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import type { Cell, CellBox, CellImage, OtherDecision } from './cell.ts';
import type { ReportMeasures } from './report-measures.ts';
import { createIds } from './stored-ids.ts';

/** Makes the cells of a shard, each once: whole values, of which nothing holds the shard. */
export interface CellImages {
  /** @param place of a box that counts */
  boxCell(image: number, place: number): Cell;
  /** @param value what the first measure says of the image */
  imageCell(image: number, value: number): Cell;
  /** An image with all its boxes that count. */
  imageOf(image: number): CellImage;
}

export interface CellImageOptions extends ReportMeasures {
  /** Absent without another model. */
  readonly comparedImages?: ComparedImages;
  /** Says why each is there, and what its columns hold. */
  readonly only?: ChosenImages | undefined;
}

type Pairs = NonNullable<CellImage['pairs']> | null;

/** @param copies [images] which of the images of one id each is, from 1 */
export function createCellImages(
  shard: ScoredShard,
  { measures, compared: asked, comparedImages, only }: CellImageOptions,
  copies: readonly number[],
): CellImages {
  const { table, offsets, rows, values, others } = shard;
  const { columns } = table;
  const [, ...further] = measures;
  const reader = createBoxReader(table);
  const idsOf = createIds(shard, reader, copies);
  const made = new Map<number, Cell>();
  const pairsOf = new Map<number, Pairs>();
  const comparedOf = (image: number) => (others[image] ?? nobody).compared;
  /** The boxes of an image from `start` to below `end`, as flat arrays and as rows. */
  const boxesOf = (image: number, start: number, end: number): { found: FoundBoxes; boxes: CellBox[] } => {
    const found = reader.foundOf(rows.subarray(start, end), table.boxes.offsets[image]!);
    const boxes = Array.from({ length: end - start }, (_, row) => {
      const numbers = further.map((measure) => measure.scoreBox(found, row, comparedOf(image)));
      return cellBox(found, row, {
        id: idsOf(image).boxes[found.places[row]!]!,
        values: [values[start + row]!, ...numbers],
      });
    });
    return { found, boxes };
  };
  const imageOf = (image: number, boxes: readonly CellBox[], pairs: Pairs): CellImage => ({
    ...{ image_id: columns.image_id.at(image)!, uri: columns.image.at(image)?.uri ?? null, boxes, pairs },
    numBoxes: offsets[image + 1]! - offsets[image]!,
    ...{ width: columns.width.at(image) ?? null, height: columns.height.at(image) ?? null },
    ...{ layers: (others[image] ?? nobody).layers, nameOf: reader.labelName },
  });
  const said = (image: number, place: number | null): Said => saidOf(only, listedImage(table, image), place);
  /** All that both models have in an image, whichever of its boxes are asked for. */
  const allPairs = (image: number): Pairs => {
    if (!pairsOf.has(image)) pairsOf.set(image, foundByBoth(image));
    return pairsOf.get(image)!;
  };
  const foundByBoth = (image: number): Pairs => {
    const own = rows.subarray(offsets[image], offsets[image + 1]);
    const first = table.boxes.offsets[image]!;
    const pairs = comparedImages?.(shard, image)?.pairs;
    return pairs?.map((pair) => [own[pair.first]! - first, pair.second] as const) ?? null;
  };
  const once = (place: number, make: () => Cell): Cell => made.get(place) ?? made.set(place, make()).get(place)!;
  return {
    boxCell: (image, place) =>
      once(place, () => {
        const box = boxesOf(image, place, place + 1).boxes[0]!;
        const pairs = allPairs(image)?.filter(([own]) => own === box.place) ?? null;
        const partner = pairs?.[0]?.[1];
        const own = { id: box.id, image: imageOf(image, [box], pairs), box, values: box.values };
        const { numbers } = comparedOf(image);
        const otherValues = asked.map((one) =>
          partner === undefined ? NaN : (numbers?.[one.place]?.[partner] ?? NaN),
        );
        return { ...own, otherValues, deciding: [], ...said(image, box.place) };
      }),
    imageCell: (image, value) =>
      once(image, () => {
        const compared = comparedOf(image);
        const { found, boxes } = boxesOf(image, offsets[image]!, offsets[image + 1]!);
        const ofBoxes = measures.map((_, at) => boxes.map((box) => box.values[at]!));
        return {
          ...{ id: idsOf(image).image, image: imageOf(image, boxes, allPairs(image)), box: null },
          values: [value, ...further.map((measure, at) => measure.scoreImage(found, ofBoxes[at + 1]!, compared))],
          otherValues: asked.map(({ measure, place }) =>
            measure.scoreImage(found, Array.from(compared.numbers?.[place] ?? []), compared),
          ),
          deciding: boxes.length === 0 ? [] : measures.map((measure, at) => decisionOf(measure, boxes, ofBoxes[at]!)),
          otherDeciding: asked.map(({ measure, place }) => otherDecision(measure, compared, place)),
          ...said(image, null),
        };
      }),
    imageOf: (image) => imageOf(image, boxesOf(image, offsets[image]!, offsets[image + 1]!).boxes, null),
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

function otherDecision(measure: Measure, { numbers }: NamedBoxes, at: number): OtherDecision | null {
  const values = numbers?.[at];
  if (!values || values.length === 0) return null;
  const { place: row, isItsOwn } = measure.deciding(values, 0, values.length);
  return { row, value: isItsOwn ? null : measure.share(values[row]!) };
}
