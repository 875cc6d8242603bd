import fc from 'fast-check';
import type { TestImage } from './predictions-of.ts';

export const names = ['cat', 'dog', 'bear'];

export interface Found {
  readonly sides: readonly [number, number, number, number];
  readonly scores: readonly number[];
}

/** Scores of 32 bits, as they are stored. */
const score = fc.integer({ min: 1, max: 99 }).map((value) => Math.fround(value / 100));
const found = fc
  .tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 8, max: 30 }), fc.integer({ min: 8, max: 30 }), score, score, score)
  .map(([x, y, width, height, ...scores]): Found => ({ sides: [x, y, x + width, y + height], scores }))
  .filter(({ scores }) => new Set(scores).size === 3 && Math.max(...scores) >= 0.2);
const image = fc.tuple(fc.array(found, { maxLength: 6 }), fc.option(fc.array(found, { maxLength: 6 })));
export const images = fc.array(image, { minLength: 1, maxLength: 4 });

export const testImage = (id: number, boxes: readonly Found[] | null): TestImage => ({
  id: `image-${id}`,
  boxes: boxes && boxes.map(({ scores }) => scores),
  places: (boxes ?? []).map(({ sides }) => sides),
});

export const classOf = ({ scores }: Found): number => scores.indexOf(Math.max(...scores));

export function overlap(one: Found, two: Found): number {
  const [a, b] = [one.sides, two.sides];
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = ([x0, y0, x1, y1]: Found['sides']): number => (x1 - x0) * (y1 - y0);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** The definition, without the code under test: again and again the best pair that is left, one
 * class before two, then the largest overlap, then the first boxes.
 */
export function pairsByHand(first: readonly Found[], second: readonly Found[]): [number, number][] {
  const [free, taken] = [new Set(first.keys()), new Set<number>()];
  const pairs: [number, number][] = [];
  for (;;) {
    let best: { readonly rank: readonly number[]; readonly pair: [number, number] } | null = null;
    for (const one of free)
      for (const two of second.keys()) {
        if (taken.has(two)) continue;
        const iou = overlap(first[one]!, second[two]!);
        if (iou < 0.5) continue;
        const rank = [classOf(first[one]!) === classOf(second[two]!) ? 1 : 0, iou, -one, -two];
        const at = best ? rank.findIndex((part, place) => part !== best!.rank[place]) : 0;
        if (!best || (at >= 0 && rank[at]! > best.rank[at]!)) best = { rank, pair: [one, two] };
      }
    if (!best) return pairs.sort(([a], [b]) => a - b);
    free.delete(best.pair[0]);
    taken.add(best.pair[1]);
    pairs.push(best.pair);
  }
}
