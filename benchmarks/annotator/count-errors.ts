import { detectionOutcomes } from '@qualm/evaluation';
import type { TruePicture } from './true-pictures.ts';

/** A box with its class, as labels have it. */
export interface Label {
  readonly label: string;
  readonly box: readonly [number, number, number, number];
}

/** What is wrong with labels. */
export interface Errors {
  /** An object with the name of another class. */
  readonly wrong: number;
  /** Nothing is there, or what is there has a label already. */
  readonly false: number;
  /** An object without a label. */
  readonly missed: number;
}

/** Compares the labels of a picture with what people drew, as confusion counts them: overlap of
 * 0.5, one to one; a box in a crowd counts neither way.
 */
export function countErrors({ objects, crowds }: TruePicture, labels: readonly Label[]): Errors {
  const ids = new Map<string, number>();
  const idOf = (name: string): number => ids.get(name) ?? ids.set(name, ids.size).size - 1;
  const arrays = (all: readonly { readonly label: string; readonly box: Iterable<number> }[]) => ({
    boxes: Float32Array.from(all.flatMap(({ box }) => [...box])),
    labelIds: Int32Array.from(all, ({ label }) => idOf(label)),
  });
  const given = { ...arrays(objects), crowds: arrays(crowds) };
  const said = { ...arrays(labels), scores: Float32Array.from(labels, () => 1) };
  const [outcome] = detectionOutcomes([given], [said]);
  const { found, drawn } = outcome!;
  let [wrong, extra] = [0, 0];
  drawn.forEach((object, at) => {
    if (object === -1) extra += 1;
    else if (object >= 0 && given.labelIds[object] !== said.labelIds[at]) wrong += 1;
  });
  return { wrong, false: extra, missed: found.filter((label) => label === -1).length };
}

export function sumOf({ wrong, false: extra, missed }: Errors): number {
  return wrong + extra + missed;
}
