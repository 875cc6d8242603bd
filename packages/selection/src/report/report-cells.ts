import { topRows } from '@qualm/strategies';
import type { Measure } from '../choose/measure.ts';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import type { ShardScores } from '../choose/shard-scores.ts';
import { imageNumbers } from '../rank/image-numbers.ts';
import { createTop, imagesOfBoxes } from '../scan/create-top.ts';
import type { Top } from '../scan/create-top.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import { createCellImages } from './cell-images.ts';
import type { CellImageOptions } from './cell-images.ts';
import type { Cell } from './cell.ts';
import { createCopyCounter } from './stored-ids.ts';

/** Boxes of a prediction, or whole images. */
export type CellKind = 'box' | 'image';

/** Gathers the cells that the first measure is least sure of; those without a number come last,
 * ties go by image id or by seed. By each measure it gathers those that any is least sure of, those
 * of the first before the others.
 */
export interface CellGatherer extends ShardReader {
  gathered(): GatheredCells;
}

export interface GatheredCells {
  readonly cells: readonly Cell[];
  /** How many are there for what each measure says, and for none before it. */
  readonly keptBy: readonly { readonly measure: Measure; readonly cells: number }[];
}

export interface CellOptions extends CellImageOptions {
  readonly by: CellKind;
  /** What all measures say of the boxes of a shard. */
  readonly scores: ShardScores;
  readonly limit: number;
  /** Keeps the first `limit` by each of the measures. */
  readonly byEach?: boolean | undefined;
  readonly seed?: number | undefined;
  /** Where images without a box come, or the number that they get. */
  readonly empty: EmptyPolicy;
}

export function createCells(options: CellOptions): CellGatherer {
  const { by, measures, scores, limit, byEach = false, seed, empty } = options;
  const [first] = measures;
  const orderOf = (measure: Measure) => (by === 'box' ? measure.order : measure.imageOrder);
  const lists = (byEach ? measures : [first]).map((measure) => ({
    measure,
    top: createTop<Cell>({ order: orderOf(measure), limit, seed }),
  }));
  const copyOf = createCopyCounter();
  return {
    add(shard) {
      const { columns } = shard.table;
      const images = createCellImages(shard, options, copyOf(columns.image_id));
      const idOf = (image: number): string | number => columns.image_id.at(image)!;
      const scored = (at: number) => ({ ...shard, values: scores(shard, at) });
      if (by === 'box') {
        const imageOf = imagesOfBoxes(shard.offsets);
        lists.forEach(({ top }, at) =>
          top.add(
            scored(at).values,
            (place) => idOf(imageOf[place]!),
            (place) => images.boxCell(imageOf[place]!, place),
          ),
        );
      } else {
        const { values } = imageNumbers(shard, first, empty);
        lists.forEach(({ top, measure }, at) =>
          top.add(imageNumbers(scored(at), measure, empty).places, idOf, (image) =>
            images.imageCell(image, values[image]!),
          ),
        );
      }
    },
    gathered() {
      const seen = new Set<Cell>();
      const [ranked, ...others] = lists.map(({ top }) => notSeen(top, seen)) as [Cell[], ...Cell[][]];
      const rest = others.flat();
      const order = topRows(
        rest.map(({ values }) => values[0]!),
        orderOf(first),
        { ids: rest.map(({ image }) => image.image_id), ...(seed !== undefined && { seed }) },
      );
      return {
        cells: [...ranked, ...Array.from(order, (place) => rest[place]!)],
        keptBy: lists.map(({ measure }, at) => ({ measure, cells: [ranked, ...others][at]!.length })),
      };
    },
  };
}

/** The rows of a list that are in none before it. */
function notSeen(top: Top<Cell>, seen: Set<Cell>): Cell[] {
  const found = top.ranked().filter((cell) => !seen.has(cell));
  for (const cell of found) seen.add(cell);
  return found;
}
