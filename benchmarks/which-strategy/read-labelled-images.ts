import { readCoco, readPredictions } from '@qualm/datasets';
import { ClassScores } from '@qualm/types';
import type { FoundBox, LabelledImage } from './labelled-image.ts';

/** Stored class scores beside the annotations of a COCO file, in their order; classes are the same
 * by their names.
 */
export async function readLabelledImages(folder: string, instances: string): Promise<LabelledImage[]> {
  const coco = await readCoco(instances, { segmentations: 'drop' });
  const { columns, labels } = await readPredictions(folder);
  const idsByName = new Map(coco.labels.map(({ id, name }) => [name, id]));
  const ids = new Map(labels.map(({ id, name }) => [id, idsByName.get(name) ?? -1 - id]));
  const rows = new Map(Array.from(coco.columns.image_id, (id, row) => [String(id), row]));
  return Array.from(columns.image_id, (image_id, row): LabelledImage => {
    const given = coco.columns.annotations.at(rows.get(String(image_id)) ?? coco.length);
    const stored = columns.detections.at(row);
    if (!given || !(stored instanceof ClassScores)) {
      throw new TypeError(`${folder}: image ${image_id} has no class scores, or no annotations in ${instances}`);
    }
    const found = Array.from(stored, ({ box, scores, label_ids }): FoundBox => ({
      ...{ box, scores },
      label_id: ids.get(label_ids[0]!)!,
    }));
    return { given, found: found.sort((a, b) => b.scores[0]! - a.scores[0]!) };
  });
}
