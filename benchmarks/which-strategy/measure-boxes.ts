import { doubts } from './doubts.ts';
import { imageErrors } from './image-errors.ts';
import type { Outcome } from './image-errors.ts';
import type { LabelledImage } from './labelled-image.ts';
import { gain, lift, orderOf } from './looks.ts';
import type { Looks } from './looks.ts';
import { spreadOf } from './resamples.ts';
import type { Spread } from './resamples.ts';

/** What a ranking of boxes was worth. */
export interface BoxRow {
  readonly doubt: string;
  /** How likely a wrong box stands before a right one: .5 is random. */
  readonly area: Spread;
  /** Times random's wrong boxes among the first 100. */
  readonly lift100: Spread;
  /** How likely a box of the wrong class stands before a right one. */
  readonly areaOfWrongClass: Spread;
  /** Of the first 100 boxes those that stay when boxes count from .3 on. */
  readonly stay: number;
}

interface Box {
  readonly image: number;
  readonly outcome: Outcome;
  readonly scores: Float32Array;
}

const first = 100;

/** Every ranking of the boxes at or above the operating threshold. Boxes in crowds are left out. */
export function measureBoxes(
  images: readonly LabelledImage[],
  threshold: number,
  resamples: readonly Uint16Array[],
): { readonly boxes: number; readonly wrong: number; readonly rows: readonly BoxRow[] } {
  const all = images.flatMap((image, row) =>
    imageErrors(image, threshold).outcomes.map((outcome, box): Box => ({
      image: row,
      outcome,
      scores: image.found[box]!.scores,
    })),
  );
  const boxes = all.filter(({ outcome }) => outcome !== 'in-crowd');
  const amongAll = createMeter(boxes, resamples);
  const amongConfused = createMeter(
    all.filter(({ outcome }) => outcome === 'right' || outcome === 'wrong-class'),
    resamples,
  );
  const rows = doubts.map(({ name, score }): BoxRow => ({
    doubt: name,
    area: amongAll(score, areaBetween),
    lift100: amongAll(score, (looks, order) => lift(looks, order, first)),
    areaOfWrongClass: amongConfused(score, areaBetween),
    stay: staying(all, score),
  }));
  return { boxes: boxes.length, wrong: boxes.filter(isWrong).length, rows };
}

type Score = (scores: ArrayLike<number>) => number;
type Measure = (looks: Looks, order: Uint32Array, best: Uint32Array) => number;

/** Measures an order of these boxes on them and on each resample. */
function createMeter(
  boxes: readonly Box[],
  resamples: readonly Uint16Array[],
): (score: Score, measure: Measure) => Spread {
  const found = Uint8Array.from(boxes, (box) => Number(isWrong(box)));
  const cost = new Uint8Array(boxes.length).fill(1);
  const best = orderOf(found);
  const resampled = resamples.map((times) => Uint16Array.from(boxes, ({ image }) => times[image]!));
  return (score, measure) => {
    const order = orderOf(boxes.map(({ scores }) => score(scores)));
    const of = (times: ArrayLike<number>): number => measure({ found, cost, times }, order, best);
    return spreadOf(of(cost), resampled.map(of));
  };
}

function isWrong({ outcome }: Box): boolean {
  return outcome === 'false' || outcome === 'wrong-class';
}

/** Where each thing is found or not, the gain is twice the area under the curve of rates, less 1.
 */
function areaBetween(looks: Looks, order: Uint32Array, best: Uint32Array): number {
  return (gain(looks, order, best) + 1) / 2;
}

function staying(boxes: readonly Box[], score: Score): number {
  const order = orderOf(boxes.map(({ scores }) => score(scores)));
  const before = new Set(order.subarray(0, first));
  const after = order.filter((box) => boxes[box]!.scores[0]! >= 0.3).subarray(0, first);
  return after.filter((box) => before.has(box)).length;
}
