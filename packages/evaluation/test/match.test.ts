import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match } from '../src/index.ts';
import type { BoxPair, LabelledBoxes, MatchOptions, PredictedBoxes } from '../src/index.ts';

const [cat, dog] = [1, 2];

const box = fc
  .tuple(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .map(([x, y, width, height]) => [x, y, x + width, y + height]);
const found = fc.array(fc.record({ box, label: fc.nat(2), score: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  maxLength: 6,
});
const flat = (boxes: readonly { box: number[]; label: number; score: number }[]): PredictedBoxes => ({
  boxes: Float64Array.from(boxes.flatMap((one) => one.box)),
  labelIds: boxes.map(({ label }) => label),
  scores: boxes.map(({ score }) => score),
});
const options = fc.record({
  minIou: fc.constantFrom(0, 0.3, 0.5, 1),
  prefer: fc.constantFrom('label', 'score') as fc.Arbitrary<'label' | 'score'>,
  labels: fc.constantFrom('any', 'same') as fc.Arbitrary<'any' | 'same'>,
});

/** As said in words: while a pair of free boxes is left, the best of them is taken. */
function inTurn(first: LabelledBoxes, second: PredictedBoxes, { prefer }: MatchOptions, all: BoxPair[]): BoxPair[] {
  const same = (pair: BoxPair): number => Number(first.labelIds[pair.first] === second.labelIds[pair.second]);
  const better = (p: BoxPair, q: BoxPair): boolean => {
    const [a, b] =
      prefer === 'score'
        ? [p, q].map((one) => [second.scores[one.second]!, -one.second, one.iou, one.first])
        : [p, q].map((one) => [same(one), one.iou, -one.first, -one.second]);
    const place = a!.findIndex((value, at) => value !== b![at]);
    return place >= 0 && a![place]! > b![place]!;
  };
  const left = [...all];
  const taken: BoxPair[] = [];
  while (left.length > 0) {
    const best = left.reduce((one, other) => (better(other, one) ? other : one));
    taken.push(best);
    for (let at = left.length - 1; at >= 0; at--)
      if (left[at]!.first === best.first || left[at]!.second === best.second) left.splice(at, 1);
  }
  return taken;
}

/** Every pair that may be one: each box beside each other alone. */
function allPairs(first: LabelledBoxes, second: PredictedBoxes, allowed: MatchOptions): BoxPair[] {
  const only = (boxes: LabelledBoxes, at: number): PredictedBoxes => ({
    boxes: boxes.boxes.subarray(4 * at, 4 * at + 4),
    labelIds: [boxes.labelIds[at]!],
    scores: [0],
  });
  return Array.from({ length: first.labelIds.length }, (_, a) =>
    Array.from({ length: second.labelIds.length }, (_, b) =>
      match(only(first, a), only(second, b), allowed).map(({ iou }) => ({ first: a, second: b, iou })),
    ),
  ).flat(2);
}

describe('match(first, second, options)', () => {
  const drawn = { boxes: Float64Array.of(0, 0, 100, 100), labelIds: [cat] };
  const seen = {
    boxes: Float64Array.of(0, 0, 100, 90, 0, 0, 100, 60),
    labelIds: [dog, cat],
    scores: [0.9, 0.3],
  };

  it('pairs a cat with the cat (IoU 0.6), though a dog overlaps it more (IoU 0.9)', () => {
    expect(match(drawn, seen)).toEqual([{ first: 0, second: 1, iou: 0.6 }]);
  });

  it("prefer: 'score' lets the surer box choose first, whatever its label", () => {
    expect(match(drawn, seen, { prefer: 'score' })).toEqual([{ first: 0, second: 0, iou: 0.9 }]);
    expect(match(drawn, seen, { prefer: 'score', labels: 'same' })).toEqual([{ first: 0, second: 1, iou: 0.6 }]);
  });

  it('takes an overlap of minIou, and one of 1 where it is 1', () => {
    expect(match(drawn, seen, { minIou: 0.6, labels: 'same' })).toHaveLength(1);
    expect(match(drawn, seen, { minIou: 0.61, labels: 'same' })).toEqual([]);
    expect(match(drawn, drawn, { minIou: 1 })).toEqual([{ first: 0, second: 0, iou: 1 }]);
  });

  it('leaves boxes apart that only touch, though minIou is 0', () => {
    const beside = { boxes: Float64Array.of(100, 0, 200, 100), labelIds: [cat] };
    expect(match(drawn, beside, { minIou: 0 })).toEqual([]);
  });

  it('leaves out what does not count', () => {
    expect(match(drawn, seen, { counts: (second) => second === 0 })).toEqual([{ first: 0, second: 0, iou: 0.9 }]);
  });

  it('takes the best of the free pairs, one after the other', () => {
    fc.assert(
      fc.property(found.map(flat), found.map(flat), options, (first, second, some) => {
        expect(match(first, second, some)).toEqual(inTurn(first, second, some, allPairs(first, second, some)));
      }),
    );
  });

  it.each([
    ['minIou above 1', () => match(drawn, seen, { minIou: 2 }), 'match: minIou is 2; expected 0 to 1'],
    ['another preference', () => match(drawn, seen, { prefer: 'iou' as 'label' }), 'match: prefer is "iou"; expected'],
    ['no scores to choose by', () => match(seen, drawn, { prefer: 'score' }), 'match: no scores'],
    ['fewer labels than boxes', () => match(drawn, { ...seen, labelIds: [cat] }), 'match: 2 boxes, 1 labels'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(RangeError);
  });
});
