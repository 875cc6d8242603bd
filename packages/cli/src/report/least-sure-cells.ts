import { topRows } from '@qualm/strategies';
import type { Measure } from './measures.ts';
import type { SeenCell, SeenImage } from './seen-cell.ts';

/** Boxes of a prediction, or whole images. */
export type CellKind = 'box' | 'image';

/** The cells that the first measure is least sure of; those without a number come last, ties go by image id or by seed.
 * @param limit as many as are kept; in memory there are never many more
 */
export async function leastSureCells(
  images: AsyncIterable<SeenImage>,
  measures: readonly [Measure, ...Measure[]],
  { by, limit, seed }: { readonly by: CellKind; readonly limit: number; readonly seed?: number | undefined },
): Promise<SeenCell[]> {
  const order = by === 'box' ? measures[0].order : measures[0].imageOrder;
  const first = (cells: readonly SeenCell[]): SeenCell[] => {
    const ties = { ids: cells.map(({ image }) => image.image_id), ...(seed !== undefined && { seed }) };
    const values = cells.map((cell) => cell.values[0]!);
    return Array.from(topRows(values, order, { ...ties, limit: Math.min(limit, cells.length) }), (row) => cells[row]!);
  };
  let cells: SeenCell[] = [];
  for await (const image of images) {
    cells.push(...(by === 'box' ? boxCells(image) : [imageCell(image, measures)]));
    if (cells.length > 2 * limit + 1000) cells = first(cells);
  }
  return first(cells);
}

function boxCells(image: SeenImage): SeenCell[] {
  return image.boxes.map((box) => ({ id: box.id, image, box, values: box.values }));
}

function imageCell(image: SeenImage, measures: readonly [Measure, ...Measure[]]): SeenCell {
  const { boxes, compared: other } = image;
  const values = measures.map((measure, at) =>
    boxes.length === 0
      ? measure.ofNothing(other)
      : measure.ofImage(
          boxes.map((box) => box.values[at]!),
          boxes,
          other,
        ),
  );
  const sign = measures[0].order === 'ascending' ? 1 : -1;
  const box = boxes.reduce<(typeof boxes)[number] | null>(
    (best, one) => (best === null || sign * one.values[0]! < sign * best.values[0]! ? one : best),
    null,
  );
  return { id: image.id, image, box, values };
}
