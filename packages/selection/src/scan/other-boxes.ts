import { cocoSizes } from '@qualm/datasets';
import type { CocoDataset } from '@qualm/datasets';
import type { Size } from '@qualm/types';
import { assertNotAborted } from '../assert-not-aborted.ts';
import { createBoxReader } from './box-reader.ts';
import type { DrawnBox } from './drawn-box.ts';
import { noPredictions } from './no-predictions.ts';
import { sourceShards } from './prediction-source.ts';
import type { PredictionSource } from './prediction-source.ts';
import { countedBoxes } from './scored-shard.ts';

/** What somebody else says of the same images, by their ids. */
export interface OtherBoxes {
  readonly name: string;
  /** False for what people drew. */
  readonly isModel: boolean;
  readonly boxes: ReadonlyMap<string, readonly DrawnBox[]>;
  /** Of images, where it is known, the size that the boxes are in. */
  readonly sizes: ReadonlyMap<string, Size>;
}

/** What another model found, of boxes that score `minScore` at least.
 * @throws QualmError `options-invalid` when the source holds no predictions.
 */
export async function readOtherModel(
  source: PredictionSource,
  {
    name,
    minScore,
    signal,
  }: { readonly name: string; readonly minScore: number; readonly signal: AbortSignal | undefined },
): Promise<OtherBoxes> {
  const boxes = new Map<string, DrawnBox[]>();
  const sizes = new Map<string, Size>();
  for await (const shard of sourceShards(source, { reuseMemory: true })) {
    assertNotAborted(signal);
    const { columns, length } = shard;
    const { offsets, rows } = countedBoxes(shard, minScore);
    const reader = createBoxReader(shard);
    for (let image = 0; image < length; image++) {
      const id = String(columns.image_id.at(image)!);
      const [width, height] = [columns.width.at(image), columns.height.at(image)];
      if (width != null && height != null) sizes.set(id, { width, height });
      boxes.set(
        id,
        Array.from(rows.subarray(offsets[image], offsets[image + 1]), (row) => ({
          box: reader.boxOf(row),
          ...namedClass(reader, row),
        })),
      );
    }
  }
  if (boxes.size === 0) throw noPredictions(source);
  return { name, isModel: true, boxes, sizes };
}

/** The best class of a box; one without a name is called by its id. */
function namedClass(
  { labelIdsOf, scoresOf, nameOf }: ReturnType<typeof createBoxReader>,
  row: number,
): Pick<DrawnBox, 'label' | 'score'> {
  const [id] = labelIdsOf(row);
  return { label: id === undefined ? null : (nameOf(id) ?? String(id)), score: scoresOf(row)[0] ?? 0 };
}

/** What people drew. A box around a crowd says so: it is no object that a model should find. */
export function drawnLabels({ columns, labels, length }: CocoDataset): OtherBoxes {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const boxes = new Map<string, DrawnBox[]>();
  for (let row = 0; row < length; row++) {
    const drawn = columns.annotations.at(row) ?? [];
    boxes.set(
      String(columns.image_id.at(row)!),
      drawn.map(({ bbox, label_id, iscrowd }) => {
        const name = names.get(label_id) ?? null;
        return { box: bbox, label: name !== null && iscrowd ? `${name} (crowd)` : name, score: null };
      }),
    );
  }
  return { name: 'labelled', isModel: false, boxes, sizes: cocoSizes(columns) };
}
