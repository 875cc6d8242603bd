import { detectionMistakenness, labelledBoxes, swappedScores } from '@qualm/evaluation';
import { createRandom } from '@qualm/strategies';
import type { FoundBox, GivenBox, LabelledImage } from '../which-strategy/labelled-image.ts';
import { predictedBoxes } from '../which-strategy/predicted-boxes.ts';

/** Boxes that are listed as having another class's label. */
export interface Listed {
  readonly listed: number;
  /** Of them those that were given another class, and of the first 20. */
  readonly right: number;
  readonly rightOfFirst20: number;
  /** All that were given another class. */
  readonly spoilt: number;
}

/** The boxes that each way lists, for one spoiling: in half of the photographs one box is given
 * another class.
 */
export function listSwappedLabels(images: readonly LabelledImage[], seed: number): Readonly<Record<string, Listed>> {
  const { drawn, wrong } = spoil(images, seed);
  const given = drawn.map(labelledBoxes);
  const found = images.map((image) => image.found.filter(({ scores }) => scores[0]! >= 0.5));
  const unaccounted = found.map((boxes, image) => boxes.filter((box) => !isAccountedFor(box, drawn[image]!)));
  /** Of numbers that are 1 where a label is surely wrong; those above .5 are listed. */
  const listed = (suspicions: readonly Float64Array[]): Listed => {
    const boxes = suspicions.flatMap((values, image) => Array.from(values, (value, box) => ({ value, image, box })));
    const list = boxes.filter(({ value }) => value > 0.5).sort((x, y) => y.value - x.value);
    const hits = list.map(({ image, box }) => wrong.has(`${image} ${box}`));
    const rightOf = (rows: readonly boolean[]): number => rows.filter(Boolean).length;
    const rightOfFirst20 = rightOf(hits.slice(0, 20));
    return { listed: list.length, right: rightOf(hits), rightOfFirst20, spoilt: wrong.size };
  };
  const swapped = (boxes: readonly (readonly FoundBox[])[], highScore: number): Listed =>
    listed(
      swappedScores(given, boxes.map(predictedBoxes), { highScore }).map((qualities) => qualities.map((q) => 1 - q)),
    );
  return {
    'swappedScores below .5': swapped(found, 0.95),
    'the same, highScore .8': swapped(found, 0.8),
    'the same, without accounted for': swapped(unaccounted, 0.8),
    'detectionMistakenness above .5': listed(
      found.map((boxes, image) => detectionMistakenness(given[image]!, predictedBoxes(boxes)).mistakenness),
    ),
  };
}

function spoil(images: readonly LabelledImage[], seed: number): { drawn: GivenBox[][]; wrong: Set<string> } {
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const classes = [...new Set(images.flatMap(({ given }) => given.map(({ label_id }) => label_id)))];
  const wrong = new Set<string>();
  const drawn = images.map((image, row) => {
    const boxes = image.given.filter(({ iscrowd }) => !iscrowd);
    if (boxes.length > 0 && random() < 0.5) {
      const place = Math.floor(random() * boxes.length);
      const label_id = pick(classes.filter((id) => id !== boxes[place]!.label_id));
      boxes[place] = { ...boxes[place]!, label_id };
      wrong.add(`${row} ${place}`);
    }
    return boxes;
  });
  return { drawn, wrong };
}

/** Whether a box of its class was drawn there: a pizza covers its table, and both are there. */
function isAccountedFor({ box, label_id }: FoundBox, drawn: readonly GivenBox[]): boolean {
  return drawn.some((one) => one.label_id === label_id && box.iou(one.bbox) >= 0.5);
}
