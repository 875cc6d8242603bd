import type { PredictionBatch } from './prediction-batch.ts';

/** Where each slot of a nested column begins and how much of it is there, as the Dremel encoding of
 * Parquet wants.
 */
export interface Levels {
  readonly definition: Uint8Array;
  readonly repetition: Uint8Array;
}

/** Definition levels of a column below `detections`: no list, an empty list, a present element. */
export const detectionDefined = { missing: 0, empty: 1, present: 2, presentOptional: 3 } as const;

type Shape = Pick<PredictionBatch, 'rows' | 'counts' | 'widths'>;

/** Levels of a field that each box has once; `present` is the level of one that is there. */
export function boxLevels({ rows, counts }: Shape): Levels {
  const levels = allocate(slots(counts, () => 1));
  let slot = 0;
  for (let row = 0; row < rows; row++) {
    const count = counts[row]!;
    if (count <= 0) {
      levels.definition[slot++] = count < 0 ? detectionDefined.missing : detectionDefined.empty;
      continue;
    }
    levels.definition.fill(detectionDefined.present, slot, slot + count);
    levels.repetition.fill(1, slot + 1, slot + count);
    slot += count;
  }
  return levels;
}

/** Levels of a list that each box has: an element is defined at 3, an empty list at 2. */
export function vectorLevels({ rows, counts, widths }: Shape): Levels {
  const levels = allocate(slots(counts, (row) => Math.max(1, widths[row]!)));
  let slot = 0;
  for (let row = 0; row < rows; row++) {
    const count = counts[row]!;
    const width = widths[row]!;
    if (count <= 0) {
      levels.definition[slot++] = count < 0 ? detectionDefined.missing : detectionDefined.empty;
      continue;
    }
    const perBox = Math.max(1, width);
    const end = slot + count * perBox;
    levels.definition.fill(width === 0 ? 2 : 3, slot, end);
    levels.repetition.fill(2, slot, end);
    for (let box = 0; box < count; box++) levels.repetition[slot + box * perBox] = box === 0 ? 0 : 1;
    slot = end;
  }
  return levels;
}

function slots(counts: Int32Array, perBox: (row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < counts.length; row++) sum += Math.max(1, counts[row]! * perBox(row));
  return sum;
}

function allocate(length: number): Levels {
  return { definition: new Uint8Array(length), repetition: new Uint8Array(length) };
}
