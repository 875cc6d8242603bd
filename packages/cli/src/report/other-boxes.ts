import { readCoco, readPredictionShards } from '@qualm/datasets';
import { UsageError } from '../exit-code.ts';
import type { Size } from '@qualm/types';
import { assertNotInterrupted } from '../interrupted.ts';
import { sizesOf } from '../sizes-of.ts';
import type { LayerBox } from './seen-cell.ts';
import { bestClasses } from './seen-images.ts';

/** What somebody else says of the same images, by their ids. */
export interface OtherBoxes {
  readonly name: string;
  /** False for what people drew. */
  readonly isModel: boolean;
  readonly boxes: ReadonlyMap<string, readonly LayerBox[]>;
  /** Of images, where it is known, the size that the boxes are in. */
  readonly sizes: ReadonlyMap<string, Size>;
}

/** What another model found, of boxes that score `minScore` at least.
 * @throws UsageError when the folder holds no predictions.
 */
export async function readOtherModel(
  predictions: string,
  { name, minScore, signal }: { readonly name: string; readonly minScore: number; readonly signal: AbortSignal },
): Promise<OtherBoxes> {
  const boxes = new Map<string, LayerBox[]>();
  const sizes = new Map<string, Size>();
  for await (const { columns, labels } of readPredictionShards(predictions)) {
    assertNotInterrupted(signal);
    const names = new Map(labels.map(({ id, name }) => [id, name]));
    for (let row = 0; row < columns.image_id.length; row++) {
      const found = [...(columns.detections.at(row) ?? [])].map((one) => bestClasses(one, names));
      const [width, height] = [columns.width.at(row), columns.height.at(row)];
      if (width != null && height != null) sizes.set(String(columns.image_id.at(row)!), { width, height });
      boxes.set(
        String(columns.image_id.at(row)!),
        found.filter(({ score }) => score >= minScore).map(({ box, label, score }) => ({ box, label, score })),
      );
    }
  }
  if (boxes.size === 0) throw new UsageError(`${predictions}: holds no predictions`);
  return { name, isModel: true, boxes, sizes };
}

/** What people drew, of a COCO instances file; what is around a crowd says so, for it is no object that a model should find. */
export async function readLabels(path: string): Promise<OtherBoxes> {
  const { columns, labels, length } = await readCoco(path, { segmentations: 'drop' });
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const boxes = new Map<string, LayerBox[]>();
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
  return { name: 'labelled', isModel: false, boxes, sizes: sizesOf(columns) };
}
