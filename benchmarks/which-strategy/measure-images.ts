import { imageErrors } from './image-errors.ts';
import { imageRankings } from './image-rankings.ts';
import type { LabelledImage } from './labelled-image.ts';
import { gain, lift, orderOf, totalCost } from './looks.ts';
import type { Looks } from './looks.ts';
import { spreadOf } from './resamples.ts';
import type { Spread } from './resamples.ts';

/** What a ranking of images was worth. */
export interface ImageRow {
  readonly doubt: string;
  readonly aggregate: string;
  /** Of errors found for each image looked at, and for each object. */
  readonly gain: Spread;
  readonly objectGain: Spread;
  /** Times random's errors in the first 10, 20, 50 and 100 images, and in the images that hold the
   * first quarter of all objects.
   */
  readonly lift: Readonly<Record<string, Spread>>;
  readonly objectLift: Spread;
  /** Of the first 100 images, and of the first 20, those that stay when boxes count from another
   * score on.
   */
  readonly stay: Readonly<Record<string, number>>;
  readonly stay20: Readonly<Record<string, number>>;
  /** With the errors at other operating thresholds, ranked by the boxes at or above the first. */
  readonly gainAt: Readonly<Record<string, number>>;
  /** The gain of each resample, for differences. */
  readonly resampled: readonly number[];
}

export interface ImageMeasures {
  readonly errors: Readonly<Record<string, number>>;
  /** The lifts of the best order there is. */
  readonly best: Readonly<Record<string, number>>;
  /** Of the first 100 images by the entropies of all labels, summed, those that are also there by
   * the entropy of the best one.
   */
  readonly alikeByOneScore: number;
  readonly rows: readonly ImageRow[];
}

const firsts = [10, 20, 50, 100];
const moves = [
  [0.05, 0.1],
  [0.1, 0.2],
  [0.2, 0.3],
  [0.3, 0.4],
] as const;
const otherThresholds = [0.1, 0.3, 0.5];

/** Every ranking of the images, held against the errors at the operating threshold. */
export function measureImages(
  images: readonly LabelledImage[],
  threshold: number,
  resamples: readonly Uint16Array[],
): ImageMeasures {
  const { counts, errors, objects } = errorsAt(images, threshold);
  const others = otherThresholds.map((other) => errorsAt(images, other).errors);
  const best = { image: orderOf(errors), object: orderOf(errors.map((n, row) => n / Math.max(1, objects[row]!))) };
  const ones = images.map(() => 1);
  const perImage = (times: ArrayLike<number>, found = errors): Looks => ({ found, cost: ones, times });
  const perObject = (times: ArrayLike<number>): Looks => ({ found: errors, cost: objects, times });
  const quarter = (looks: Looks, order: Uint32Array): number => lift(looks, order, totalCost(looks) / 4);
  const rankings = imageRankings(images);
  const sumOf = (wanted: string): Uint32Array =>
    rankings.find(({ doubt, aggregate }) => doubt === wanted && aggregate === 'sum')!.orderAt(threshold);
  const rows = rankings.map(({ doubt, aggregate, orderAt }): ImageRow => {
    const order = orderAt(threshold);
    const measured = (of: (times: ArrayLike<number>) => number): Spread => spreadOf(of(ones), resamples.map(of));
    const gainOf = (times: ArrayLike<number>): number => gain(perImage(times), order, best.image);
    return {
      ...{ doubt, aggregate },
      gain: measured(gainOf),
      objectGain: measured((times) => gain(perObject(times), order, best.object)),
      lift: byKey(firsts, String, (n) => measured((times) => lift(perImage(times), order, n))),
      objectLift: measured((times) => quarter(perObject(times), order)),
      stay: byKey(moves, moveName, ([from, to]) => inBoth(orderAt(from), orderAt(to), 100)),
      stay20: byKey(moves, moveName, ([from, to]) => inBoth(orderAt(from), orderAt(to), 20)),
      gainAt: byKey(otherThresholds, String, (other) => {
        const found = others[otherThresholds.indexOf(other)]!;
        return gain(perImage(ones, found), order, orderOf(found));
      }),
      resampled: resamples.map(gainOf),
    };
  });
  const bestLifts = byKey(firsts, String, (n) => lift(perImage(ones), best.image, n));
  return {
    errors: counts,
    best: { ...bestLifts, objects: quarter(perObject(ones), best.object) },
    alikeByOneScore: inBoth(sumOf('entropies of labels'), sumOf('is it there?'), 100),
    rows,
  };
}

function errorsAt(
  images: readonly LabelledImage[],
  threshold: number,
): { counts: Record<string, number>; errors: number[]; objects: number[] } {
  const all = images.map((image) => imageErrors(image, threshold));
  const counts: Record<string, number> = { right: 0, 'wrong-class': 0, false: 0, missed: 0, 'in-crowd': 0 };
  for (const { outcomes, missed } of all) {
    for (const outcome of outcomes) counts[outcome]!++;
    counts['missed']! += missed;
  }
  const wrong = all.map(({ outcomes }) => outcomes.filter((one) => one === 'wrong-class' || one === 'false').length);
  const right = all.map(({ outcomes }) => outcomes.filter((one) => one === 'right').length);
  const errors = all.map(({ missed }, row) => missed + wrong[row]!);
  const withoutBox = all.filter(({ outcomes }) => outcomes.length === 0).length;
  return { counts: { ...counts, withoutBox }, errors, objects: errors.map((n, row) => n + right[row]!) };
}

function moveName([from, to]: readonly [number, number]): string {
  return `${from} to ${to}`;
}

function inBoth(first: Uint32Array, second: Uint32Array, count: number): number {
  const there = new Set(first.subarray(0, count));
  return second.subarray(0, count).filter((row) => there.has(row)).length;
}

function byKey<T, R>(items: readonly T[], nameOf: (item: T) => string, valueOf: (item: T) => R): Record<string, R> {
  return Object.fromEntries(items.map((item) => [nameOf(item), valueOf(item)]));
}
