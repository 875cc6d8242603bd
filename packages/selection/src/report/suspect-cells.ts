import type { Measure } from '../choose/measure.ts';
import type { ErrorBox } from '../labels/box-errors.ts';
import { errorReason } from '../labels/error-reason.ts';
import type { LabelledImages } from '../labels/labelled-images.ts';
import { cellIds } from '../scan/cell-ids.ts';
import { listedImage, saidOf } from '../scan/chosen-images.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';
import { createCellImages } from './cell-images.ts';
import type { Cell, CellBox, CellDrawn, CellImage } from './cell.ts';
import { createCopyCounter } from './stored-ids.ts';

/** Gathers a cell for each label that is likely wrong, in the order of the list. */
export interface SuspectGatherer extends ShardReader {
  cells(): readonly Cell[];
}

interface Suspect {
  readonly id: string;
  readonly error: ErrorBox;
  /** Of the list. */
  readonly place: number;
  readonly drawn: CellDrawn | null;
}

/** @param kinds the errors that the page tells apart */
export function createSuspectCells(
  labelled: LabelledImages,
  errors: readonly ErrorBox[],
  {
    measure,
    kinds,
    only,
  }: { readonly measure: Measure; readonly kinds: readonly string[]; readonly only?: ChosenImages | undefined },
): SuspectGatherer {
  const byImage = suspectsByImage(labelled, errors);
  const copyOf = createCopyCounter();
  const cells: Cell[] = [];
  return {
    add(shard) {
      const { image_id } = shard.table.columns;
      const copies = copyOf(image_id);
      const images = createCellImages(shard, { measures: [measure], compared: [] }, copies);
      copies.forEach((copy, row) => {
        const suspects = copy === 1 ? byImage.get(String(image_id.at(row)!)) : undefined;
        if (!suspects) return;
        const image = images.imageOf(row);
        for (const suspect of suspects) {
          const { error, place } = suspect;
          const found = image.boxes.find((box) => box.place === error.found_box_index) ?? null;
          // It is not among the boxes that were chosen.
          if (error.found_box_index !== null && !found) continue;
          const { columns, words } = saidOf(only, listedImage(shard.table, row), found?.place ?? null);
          cells[place] = { ...suspectCell(suspect, image, found, kinds.indexOf(error.error)), columns, words };
        }
      });
    },
    cells: () => cells.filter(Boolean),
  };
}

function suspectCell({ id, error, drawn }: Suspect, image: CellImage, found: CellBox | null, kind: number): Cell {
  // What little was found of an extra label is not its partner.
  const arePartners = error.error !== 'spurious';
  const outcomes = {
    layer: 0,
    drawnAt: (place: number) => (place === found?.place ? (arePartners ? (drawn?.label ?? null) : null) : undefined),
    foundAt: () => (arePartners ? (found?.label ?? null) : null),
  };
  return {
    ...{ id, image: { ...image, boxes: found ? [found] : [], outcomes }, box: found, deciding: [], kind },
    values: [error.quality, error.found_score ?? NaN],
    // Its number says the quality.
    reason: errorReason({ ...error, quality: undefined }),
    ...(drawn && { drawn }),
  };
}

function suspectsByImage(
  labelled: LabelledImages,
  errors: readonly ErrorBox[],
): ReadonlyMap<string, readonly Suspect[]> {
  const images = new Map(labelled.images.map((image) => [String(image.image_id), image]));
  const placed = errors.map((error, place) => ({ error, place }));
  const groups = groupsOf(placed, ({ error }) => String(error.image_id));
  return new Map(
    Array.from(groups, ([image, ofImage]) => {
      const { annotations = [] } = images.get(image) ?? {};
      const byKind = groupsOf(ofImage, ({ error }) => error.error);
      return [image, Array.from(byKind, ([kind, all]) => named(image, kind, all, annotations)).flat()];
    }),
  );
}

/** A label is named by what is drawn, and by what is likely wrong with it. */
function named(
  image: string,
  kind: string,
  all: readonly Pick<Suspect, 'error' | 'place'>[],
  annotations: LabelledImages['images'][number]['annotations'],
): Suspect[] {
  const ids = cellIds(
    `${image}#${kind}`,
    all.map(({ error: { box, label, found_label: found } }) => ({ box, label: label ?? found })),
  ).boxes;
  return all.map(({ error, place }, at) => {
    const row = annotations.findIndex(({ bbox }) => bbox === error.box);
    const { box, label, ann_id: annotationId } = error;
    return { id: ids[at]!, error, place, drawn: row < 0 ? null : { box, label, row, annotationId } };
  });
}

function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
