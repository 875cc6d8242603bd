import { topRows } from '@qualm/strategies';
import type { Measure } from './measures.ts';
import type { SeenCell, SeenDecision, SeenImage } from './seen-cell.ts';

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
  return image.boxes.map((box) => ({
    get id() {
      return box.id;
    },
    ...{ image, box, values: box.values, deciding: [] },
  }));
}

function imageCell(image: SeenImage, measures: readonly [Measure, ...Measure[]]): SeenCell {
  const { boxes, compared: other } = image;
  const cell = (values: readonly number[], deciding: readonly SeenDecision[]): SeenCell => ({
    get id() {
      return image.id;
    },
    ...{ image, box: null, values, deciding },
  });
  if (boxes.length === 0)
    return cell(
      measures.map((measure) => measure.ofNothing(other)),
      [],
    );
  const ofBoxes = measures.map((_, at) => boxes.map(({ values }) => values[at]!));
  const deciding = measures.map((measure, at): SeenDecision => {
    const { place, value } = measure.deciding(ofBoxes[at]!);
    return { box: boxes[place]!, value };
  });
  return cell(
    measures.map((measure, at) => measure.ofImage(ofBoxes[at]!, boxes, other)),
    deciding,
  );
}
