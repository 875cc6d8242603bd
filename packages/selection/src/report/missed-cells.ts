import type { ImageOutcomes } from '../labels/image-outcomes.ts';
import type { LabelledImages } from '../labels/labelled-images.ts';
import { cellIds } from '../scan/cell-ids.ts';
import { saidOf } from '../scan/chosen-images.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import { nobody } from '../scan/other-images.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import type { Cell, CellDrawn, CellImage } from './cell.ts';
import { createCopyCounter } from './stored-ids.ts';

/** Gathers what was drawn and no box found, which is a cell of a page of boxes, too. */
export interface MissedGatherer extends ShardReader {
  /** The largest first, for what is small is often missed; `total` counts all of them.
   * @param measures how many numbers a cell has: none of it is known
   */
  missed(
    labelled: LabelledImages,
    outcomes: ReadonlyMap<string, ImageOutcomes>,
    options: { readonly measures: number; readonly limit: number },
  ): { readonly cells: readonly Cell[]; readonly total: number };
}

interface SeenImage {
  /** Of the image, and of which of its copies. */
  readonly id: string | number;
  readonly image: CellImage;
}

/** @param only what it says of their images is said of them */
export function createMissedCells(only?: ChosenImages): MissedGatherer {
  const seen: SeenImage[] = [];
  const copyOf = createCopyCounter();
  return {
    add({ table: { columns }, others }) {
      copyOf(columns.image_id).forEach((copy, row) => {
        const image_id = columns.image_id.at(row)!;
        const [width, height] = [columns.width.at(row) ?? null, columns.height.at(row) ?? null];
        const uri = columns.image.at(row)?.uri ?? null;
        const image = { image_id, uri, width, height, boxes: [], layers: (others[row] ?? nobody).layers };
        seen.push({ id: copy === 1 ? image_id : `${image_id}~${copy}`, image: { ...image, nameOf: String } });
      });
    },
    missed({ images, labels }, outcomes, { measures, limit }) {
      const names = new Map(labels.map(({ id, name }) => [id, name]));
      const byId = new Map(images.map((image) => [String(image.image_id), image]));
      const all = seen.flatMap(({ id, image }) => {
        const ofImage = outcomes.get(String(image.image_id));
        const { annotations = [], drawnRows = [] } = byId.get(String(image.image_id)) ?? {};
        const missed = annotations.flatMap(({ bbox: box, label_id, ann_id }, at): CellDrawn[] => {
          const row = drawnRows[at]!;
          const label = names.get(label_id) ?? null;
          return ofImage?.foundAt(row) === null ? [{ box, label, row, annotationId: ann_id }] : [];
        });
        const ids = cellIds(`${id}#drawn`, missed).boxes;
        return missed.map((drawn, at) => ({ id: ids[at]!, image: { ...image, outcomes: ofImage! }, drawn }));
      });
      const area = ({ drawn: { box } }: (typeof all)[number]): number => box.area;
      const cells = all
        .sort((one, two) => area(two) - area(one))
        .slice(0, limit)
        .map((own): Cell => ({
          ...{ ...own, box: null, values: Array.from({ length: measures }, () => NaN) },
          ...{
            ...saidOf(only, { image_id: own.image.image_id, image: own.image.uri }, null),
            deciding: [],
            reason: null,
          },
        }));
      return { cells, total: all.length };
    },
  };
}
