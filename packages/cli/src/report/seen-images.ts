import { readPredictionShards } from '@qualm/datasets';
import type { Detection, ScoredBox } from '@qualm/types';
import { UsageError } from '../exit-code.ts';
import { assertNotInterrupted } from '../interrupted.ts';
import type { Measure } from './measures.ts';
import type { OtherBoxes } from './other-boxes.ts';
import type { SeenBox, SeenImage } from './seen-cell.ts';

export interface SeenImagesOptions {
  readonly measures: readonly Measure[];
  /** Boxes whose best class scores below this are left out. */
  readonly minScore: number;
  readonly others: readonly OtherBoxes[];
  readonly signal: AbortSignal;
}

/** Stored predictions, one image at a time.
 * @throws UsageError when the folder holds none.
 */
export async function* seenImages(
  predictions: string,
  { measures, minScore, others, signal }: SeenImagesOptions,
): AsyncGenerator<SeenImage> {
  let isEmpty = true;
  for await (const { columns, labels } of readPredictionShards(predictions)) {
    assertNotInterrupted(signal);
    isEmpty = false;
    const names = new Map(labels.map(({ id, name }) => [id, name]));
    for (let row = 0; row < columns.image_id.length; row++) {
      const image_id = columns.image_id.at(row)!;
      const ofOthers = others.map(({ boxes }) => boxes.get(String(image_id)) ?? []);
      const compared = ofOthers[others.findIndex(({ isModel }) => isModel)] ?? [];
      const boxes: SeenBox[] = [];
      let place = 0;
      for (const found of columns.detections.at(row) ?? []) {
        const known = bestClasses(found, names);
        const values = measures.map((measure) => measure.ofBox(found, known.label, compared));
        if (known.score >= minScore) boxes.push({ ...known, place, values });
        place++;
      }
      yield {
        ...{ image_id, boxes, others: ofOthers, compared },
        uri: columns.image.at(row)?.uri ?? null,
        width: columns.width.at(row) ?? null,
        height: columns.height.at(row) ?? null,
      };
    }
  }
  if (isEmpty) throw new UsageError(`${predictions}: holds no predictions`);
}

/** A box with its two best classes, by name. */
export function bestClasses(
  found: Detection | ScoredBox,
  names: ReadonlyMap<number, string>,
): Omit<SeenBox, 'place' | 'values'> {
  const [ids, scores] = 'scores' in found ? [found.label_ids, found.scores] : [[found.label_id], [found.score]];
  const named = (id: number | undefined): string | null => (id === undefined ? null : (names.get(id) ?? String(id)));
  return {
    box: found.box,
    label: named(ids[0]),
    score: scores[0] ?? 0,
    second: named(ids[1]),
    secondScore: scores[1] ?? null,
  };
}
