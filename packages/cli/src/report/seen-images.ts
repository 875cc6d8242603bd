import { readPredictionShards } from '@qualm/datasets';
import type { Detection, ScoredBox } from '@qualm/types';
import { UsageError } from '../exit-code.ts';
import { assertNotInterrupted } from '../interrupted.ts';
import type { ThresholdCounts } from '../ranking-notes.ts';
import { createSizeDifferences } from '../size-differences.ts';
import { lazyCellIds } from './cell-ids.ts';
import type { Measure } from './measures.ts';
import type { OtherBoxes } from './other-boxes.ts';
import type { SeenBox, SeenImage } from './seen-cell.ts';

export interface SeenImagesOptions {
  readonly measures: readonly Measure[];
  /** Boxes whose best class scores below this are left out. */
  readonly minScore: number;
  readonly others: readonly OtherBoxes[];
  readonly signal: AbortSignal;
  /** Told at the end what was left out. */
  readonly warn?: (message: string) => void;
  /** Told at the end what `minScore` left out. */
  readonly onCounts?: ((counts: ThresholdCounts) => void) | undefined;
}

/** Stored predictions, one image at a time.
 * @throws UsageError when the folder holds none.
 */
export async function* seenImages(
  predictions: string,
  { measures, minScore, others, signal, warn = () => undefined, onCounts }: SeenImagesOptions,
): AsyncGenerator<SeenImage> {
  let isEmpty = true;
  let belowMinScore = 0;
  let withoutBoxes = 0;
  const differences = others.map(createSizeDifferences);
  /** An image may be in a list twice. */
  const copies = new Map<string | number, number>();
  for await (const { columns, labels } of readPredictionShards(predictions, { onWarning: warn })) {
    assertNotInterrupted(signal);
    isEmpty = false;
    const names = new Map(labels.map(({ id, name }) => [id, name]));
    for (let row = 0; row < columns.image_id.length; row++) {
      const image_id = columns.image_id.at(row)!;
      const [width, height] = [columns.width.at(row) ?? null, columns.height.at(row) ?? null];
      const shown = width !== null && height !== null ? { width, height } : null;
      const ofOthers = others.map(({ boxes, sizes }, at) => {
        const isElsewhere = differences[at]!.add(image_id, sizes.get(String(image_id)), shown);
        return isElsewhere ? [] : (boxes.get(String(image_id)) ?? []);
      });
      const compared = ofOthers[others.findIndex(({ isModel }) => isModel)] ?? [];
      const found = [...(columns.detections.at(row) ?? [])].map((one) => ({ one, known: bestClasses(one, names) }));
      const copy = (copies.get(image_id) ?? 0) + 1;
      copies.set(image_id, copy);
      const ids = lazyCellIds(
        copy === 1 ? image_id : `${image_id}~${copy}`,
        found.map(({ known }) => known),
      );
      const boxes = found.flatMap(({ one, known }, place): SeenBox[] => {
        if (known.score < minScore) {
          belowMinScore++;
          return [];
        }
        const values = measures.map((measure) => measure.ofBox(one, known.label, compared));
        return [
          {
            ...known,
            get id() {
              return ids().boxes[place]!;
            },
            ...{ place, values },
          },
        ];
      });
      if (boxes.length === 0 && shown !== null) withoutBoxes++;
      yield {
        get id() {
          return ids().image;
        },
        ...{ image_id, boxes, others: ofOthers, compared },
        uri: columns.image.at(row)?.uri ?? null,
        ...{ width, height },
      };
    }
  }
  if (isEmpty) throw new UsageError(`${predictions}: holds no predictions`);
  onCounts?.({ belowMinScore, withoutBoxes });
  for (const [at, { name }] of others.entries())
    for (const warning of differences[at]!.warnings(name, `boxes of ${name} are not shown`)) warn(warning);
}

/** A box with its two best classes, by name. */
export function bestClasses(
  found: Detection | ScoredBox,
  names: ReadonlyMap<number, string>,
): Omit<SeenBox, 'id' | 'place' | 'values'> {
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
