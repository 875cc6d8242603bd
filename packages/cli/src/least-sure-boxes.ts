import { readPredictionShards } from '@qualm/datasets';
import { binary } from '@qualm/strategies';
import type { Detection, Label, ScoredBox, Strategy } from '@qualm/types';
import { UsageError } from './exit-code.ts';
import { assertNotInterrupted } from './interrupted.ts';

/** A box of a stored prediction, with what each strategy says of it. */
export interface SeenBox {
  /** The image's id, and which of its boxes it is. */
  readonly id: string;
  readonly image_id: string | number;
  /** Null where the image is not a file. */
  readonly uri: string | null;
  readonly box: ScoredBox['box'];
  /** The best class and the second best, as label ids; null where only one is known. */
  readonly label: number;
  readonly second: number | null;
  readonly score: number;
  readonly secondScore: number | null;
  readonly values: readonly number[];
}

/** The boxes that the first of these strategies is least sure of, of those whose best class scores `minScore` at least.
 * @throws UsageError when the folder holds no predictions.
 */
export async function leastSureBoxes(
  predictions: string,
  strategies: readonly [Strategy, ...Strategy[]],
  { limit, minScore, signal }: { readonly limit: number; readonly minScore: number; readonly signal: AbortSignal },
): Promise<{ readonly boxes: readonly SeenBox[]; readonly labels: readonly Label[] }> {
  const sign = strategies[0].order === 'ascending' ? 1 : -1;
  const key = ({ values }: SeenBox): number => (Number.isNaN(values[0]) ? Infinity : sign * values[0]!);
  const order = (a: SeenBox, b: SeenBox): number => key(a) - key(b) || 0;
  let boxes: SeenBox[] = [];
  let labels: readonly Label[] | null = null;
  for await (const { columns, labels: named } of readPredictionShards(predictions)) {
    assertNotInterrupted(signal);
    labels = named;
    for (let row = 0; row < columns.image_id.length; row++) {
      const image_id = columns.image_id.at(row)!;
      const uri = columns.image.at(row)?.uri ?? null;
      let place = 0;
      for (const found of columns.detections.at(row) ?? []) {
        const seen = seenBox(found, strategies, { id: `${image_id}#${place++}`, image_id, uri });
        if (seen.score >= minScore) boxes.push(seen);
      }
    }
    // Never many more than are wanted.
    if (boxes.length > 2 * limit) boxes = boxes.sort(order).slice(0, limit);
  }
  if (labels === null) throw new UsageError(`${predictions}: holds no predictions`);
  return { boxes: boxes.sort(order).slice(0, limit), labels };
}

function seenBox(
  found: Detection | ScoredBox,
  strategies: readonly Strategy[],
  where: Pick<SeenBox, 'id' | 'image_id' | 'uri'>,
): SeenBox {
  if (!('scores' in found)) {
    const values = strategies.map((strategy) => binary(strategy).score([found.score]));
    const { box, label_id: label, score } = found;
    return { ...where, box, label, second: null, score, secondScore: null, values };
  }
  const { box, scores, label_ids } = found;
  return {
    ...where,
    box,
    label: label_ids[0] ?? -1,
    second: label_ids[1] ?? null,
    score: scores[0] ?? 0,
    secondScore: scores[1] ?? null,
    values: strategies.map((strategy) => strategy.score(scores)),
  };
}
