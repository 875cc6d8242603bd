import fc from 'fast-check';
import { createRandom, entropyOf, finishEntropy, toProbabilities, topRows } from '@qualm/types/rows';
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  classwiseCalibrationError,
  expectedCalibrationError,
  fitTemperature,
  negativeLogLikelihood,
  reliabilityTable,
} from '../../src/index.ts';

const labelled = fc
  .record({ numClasses: fc.integer({ min: 1, max: 5 }), rows: fc.integer({ min: 1, max: 40 }) })
  .chain(({ numClasses, rows }) => {
    // Eighths: logits that differ by a rounding error alone have a best temperature that no float
    // can hold.
    const logit = fc.integer({ min: -64, max: 64 }).map((eighths) => eighths / 8);
    return fc.record({
      numClasses: fc.constant(numClasses),
      logits: fc
        .array(logit, { minLength: rows * numClasses, maxLength: rows * numClasses })
        .map((z) => Float64Array.from(z)),
      labels: fc.array(fc.nat({ max: Math.max(1, numClasses - 1) }), { minLength: rows, maxLength: rows }),
    });
  });

describe('reliabilityTable(p, labels, k)', () => {
  it('puts a confidence that is an edge above the edge, and 1 into the last bin', () => {
    // 0.7 * 10 and 0.29 * 100 are rounded across an edge.
    const edges = Float64Array.from({ length: 101 }, (_, i) => i / 100);
    const { count, lower } = reliabilityTable(edges, new Uint8Array(101), 1, { numBins: 100 });
    expect([...count]).toEqual([...Array<number>(99).fill(1), 2]);
    expect([...lower]).toEqual([...edges.subarray(0, 100)]);
  });

  it('puts the float below an edge below the edge, though its product with the bins is whole', () => {
    const below = 0.8999999999999999;
    expect(below * 10).toBe(9);
    expect([...reliabilityTable(Float64Array.of(below), [1], 1, { numBins: 10 }).count.subarray(8)]).toEqual([1, 0]);
  });

  it('says NaN of what an empty bin holds, and counts 0', () => {
    const table = reliabilityTable(Float64Array.of(0.9), [1], 1, { numBins: 2 });
    expect(table).toEqual({
      lower: Float64Array.of(0, 0.5),
      upper: Float64Array.of(0.5, 1),
      count: Uint32Array.of(0, 1),
      confidence: Float64Array.of(NaN, 0.9),
      accuracy: Float64Array.of(NaN, 1),
      gap: Float64Array.of(NaN, 0.9 - 1),
    });
    expect([...reliabilityTable(new Float64Array(0), [], 3, { numBins: 2 }).count]).toEqual([0, 0]);
  });

  it('equal-mass keeps equal confidences in one bin', () => {
    const table = reliabilityTable(Float64Array.of(0.5, 0.5, 0.5, 0.9), [1, 0, 1, 1], 1, {
      numBins: 2,
      binning: 'equal-mass',
    });
    expect([...table.count]).toEqual([3, 1]);
    expect([...table.lower]).toEqual([0.5, 0.9]);
    expect([...table.upper]).toEqual([0.5, 0.9]);
  });

  it.each(['equal-width', 'equal-mass'] as const)(
    '%s counts each row once, between the edges of its bin',
    (binning) => {
      fc.assert(
        fc.property(labelled, fc.integer({ min: 1, max: 20 }), ({ logits, labels, numClasses }, numBins) => {
          const p = toProbabilities(logits, numClasses);
          const { lower, upper, count, confidence, accuracy } = reliabilityTable(p, labels, numClasses, {
            numBins,
            binning,
          });
          expect(count.reduce((sum, some) => sum + some, 0)).toBe(labels.length);
          for (let bin = 0; bin < numBins; bin++) {
            if (count[bin] === 0) continue;
            expect(confidence[bin]).toBeGreaterThanOrEqual(lower[bin]! - 1e-12);
            expect(confidence[bin]).toBeLessThanOrEqual(upper[bin]! + 1e-12);
            expect(accuracy[bin]! * count[bin]!).toBeCloseTo(Math.round(accuracy[bin]! * count[bin]!), 9);
          }
        }),
      );
    },
  );
});

describe('calibration errors and scores', () => {
  const scores: [string, (p: Float64Array, labels: number[], k: number) => number, number][] = [
    ['expectedCalibrationError', expectedCalibrationError, 1],
    ['expectedCalibrationError, l2', (p, l, k) => expectedCalibrationError(p, l, k, { norm: 'l2' }), 1],
    ['expectedCalibrationError, max', (p, l, k) => expectedCalibrationError(p, l, k, { norm: 'max' }), 1],
    [
      'expectedCalibrationError, equal mass',
      (p, l, k) => expectedCalibrationError(p, l, k, { binning: 'equal-mass' }),
      1,
    ],
    ['brierScore', brierScore, 2],
    ['negativeLogLikelihood', negativeLogLikelihood, Infinity],
  ];

  it.each(scores)('%s lies in its range, is the same in any order of rows, and leaves its input', (_, score, most) => {
    fc.assert(
      fc.property(labelled, ({ logits, labels, numClasses }) => {
        const p = toProbabilities(logits, numClasses);
        const before = p.slice();
        const got = score(p, labels, numClasses);
        expect(p).toEqual(before);
        expect(got).toBeGreaterThanOrEqual(0);
        expect(got).toBeLessThanOrEqual(most);
        const reversed = labels.map((_, row) => [...p.subarray(row * numClasses, (row + 1) * numClasses)]).reverse();
        expect(score(Float64Array.from(reversed.flat()), labels.toReversed(), numClasses)).toBeCloseTo(got, 10);
      }),
    );
  });

  it.each(scores)('%s of no rows is NaN, of certain and right rows 0', (_, score) => {
    expect(score(new Float64Array(0), [], 3)).toBeNaN();
    expect(score(Float64Array.of(0, 1, 0, 1, 0, 0), [1, 0], 3)).toBe(0);
    expect(score(Float64Array.of(1, 0), [1, 0], 1)).toBe(0);
  });

  it.each([
    ['NaN', Float64Array.of(0.5, 0.5, NaN, 0.5), [0, 1], 2, /row 1 holds NaN/],
    ['a number above 1', Float64Array.of(0.5, 0.5, 1.5, 0.5), [0, 1], 2, /row 1 holds 1.5/],
    ['a negative number', Float64Array.of(-0.5, 0.5), [0], 2, /row 0 holds -0.5/],
    [
      'a label that is not a class',
      Float64Array.of(0.5, 0.5),
      [2],
      2,
      /row 0 has the label 2; expected a class from 0 to 1/,
    ],
    ['a label that is not a whole number', Float64Array.of(0.5, 0.5), [0.5], 2, /label 0.5/],
    [
      'a label of a confidence other than 0 and 1',
      Float64Array.of(0.5),
      [2],
      1,
      /label 2; expected a class from 0 to 1/,
    ],
    ['too few labels', Float64Array.of(0.5, 0.5), [], 2, /0 labels for 1 rows/],
    ['a broken row', Float64Array.of(0.5, 0.5, 0.5), [0], 2, /not whole rows/],
  ])('throw a RangeError for %s', (_, p, labels, numClasses, message) => {
    for (const score of [reliabilityTable, expectedCalibrationError, brierScore, negativeLogLikelihood]) {
      expect(() => score(p, labels, numClasses)).toThrow(message);
      expect(() => score(p, labels, numClasses)).toThrow(RangeError);
    }
  });

  it.each([{ numBins: 0 }, { numBins: 2.5 }, { binning: 'equal' as 'equal-mass' }, { norm: 'l3' as 'l2' }])(
    'throw a RangeError for %o',
    (options) => {
      expect(() => expectedCalibrationError(Float64Array.of(0.5), [1], 1, options)).toThrow(RangeError);
    },
  );

  it('classwiseCalibrationError refuses a single class, and is NaN for no rows', () => {
    expect(() => classwiseCalibrationError(Float64Array.of(0.5), [1], 1)).toThrow('expectedCalibrationError takes');
    expect(classwiseCalibrationError(new Float64Array(0), [], 2)).toEqual(Float64Array.of(NaN, NaN));
  });

  it('negativeLogLikelihood is Infinity when a label has probability 0', () => {
    expect(negativeLogLikelihood(Float64Array.of(1, 0), [1], 2)).toBe(Infinity);
    expect(negativeLogLikelihood(Float64Array.of(1), [0], 1)).toBe(Infinity);
  });
});

describe('fitTemperature(logits, labels, k)', () => {
  it('gives the closed form 2 / ln 3 where logits differ by 2 and three of four rows are right', () => {
    const { temperature } = fitTemperature(Float64Array.of(2, 0, 2, 0, 2, 0, 2, 0), [0, 0, 0, 1], 2);
    expect(temperature).toBeCloseTo(2 / Math.log(3), 13);
    expect(fitTemperature(Float32Array.of(2, 2, 2, -2), [1, 1, 0, 0], 1).temperature).toBeCloseTo(2 / Math.log(3), 13);
  });

  it('is where no other temperature is likelier, and where the slope is 0', () => {
    fc.assert(
      fc.property(labelled, ({ logits, labels, numClasses }) => {
        const { temperature, atBound, after, before } = fitTemperature(logits, labels, numClasses);
        expect(after.nll).toBeLessThanOrEqual(before.nll + 1e-12);
        for (const factor of [0.5, 0.99, 1.01, 2]) {
          const near = temperature * factor;
          if (atBound && (near < 1e-3 || near > 1e3)) continue;
          const p = toProbabilities(logits, numClasses, { temperature: near });
          expect(after.nll).toBeLessThanOrEqual(negativeLogLikelihood(p, labels, numClasses) + 1e-9);
        }
      }),
    );
  });

  it('scales with the logits', () => {
    fc.assert(
      fc.property(labelled, fc.double({ min: 0.1, max: 10, noNaN: true }), ({ logits, labels, numClasses }, factor) => {
        const one = fitTemperature(logits, labels, numClasses);
        const other = fitTemperature(
          logits.map((z) => z * factor),
          labels,
          numClasses,
        );
        fc.pre(!one.atBound && !other.atBound && one.temperature !== 1);
        expect(other.temperature / (one.temperature * factor)).toBeCloseTo(1, 6);
        expect(other.after.nll).toBeCloseTo(one.after.nll, 12);
      }),
    );
  });

  it.each([
    ['every label is right', [3, 0, 3, 0], [0, 0], { temperature: 0.001, atBound: true }],
    ['every label is wrong', [3, 0, 3, 0], [1, 1], { temperature: 1000, atBound: true }],
    ['all logits are equal', [3, 3, 3, 3], [0, 1], { temperature: 1, atBound: false }],
    ['logits are huge', [1e300, 0, 1e300, 0], [0, 0], { temperature: 1, atBound: false }],
    [
      'a class is ruled out by -Infinity',
      [2, 0, -Infinity, 2, 0, -Infinity, 2, 0, -Infinity, 2, 0, -Infinity],
      [0, 0, 0, 1],
      { atBound: false },
    ],
  ])('stays within its bounds when %s', (_, logits, labels, wanted) => {
    const fit = fitTemperature(Float64Array.from(logits), labels, logits.length / labels.length);
    expect(fit).toMatchObject(wanted);
    expect(fit.temperature).toBeGreaterThanOrEqual(0.001);
    expect(fit.after.nll).toBeLessThan(Infinity);
  });

  it('takes bounds', () => {
    const logits = Float64Array.of(3, 0, 3, 0);
    expect(fitTemperature(logits, [0, 0], 2, { minTemperature: 0.5 }).temperature).toBe(0.5);
    expect(fitTemperature(logits, [1, 1], 2, { maxTemperature: 8 }).temperature).toBe(8);
    for (const bounds of [
      { minTemperature: 0 },
      { minTemperature: 2, maxTemperature: 1 },
      { maxTemperature: Infinity },
    ]) {
      expect(() => fitTemperature(logits, [0, 0], 2, bounds)).toThrow(RangeError);
    }
  });

  it.each([
    ['NaN', Float64Array.of(1, 2, NaN, 2), [0, 0], /fitTemperature: row 1 holds NaN/],
    ['Infinity', Float64Array.of(Infinity, 2), [0], /row 0 holds Infinity/],
    ['a label that is not a class', Float64Array.of(1, 2), [2], /row 0 has the label 2/],
    ['-Infinity for the label', Float64Array.of(-Infinity, 2), [0], /row 0 has the logit -Infinity/],
    ['no rows', new Float64Array(0), [], /no rows/],
  ])('throws a RangeError for %s', (_, logits, labels, message) => {
    expect(() => fitTemperature(logits, labels, 2)).toThrow(message);
    expect(() => fitTemperature(logits, labels, 2)).toThrow(RangeError);
  });

  it('refuses probabilities outside 0..1, and takes zeros', () => {
    const from = { from: 'probabilities' } as const;
    expect(() => fitTemperature(Float64Array.of(1.5, 0), [0], 2, from)).toThrow(/row 0 holds 1.5/);
    expect(() => fitTemperature(Float64Array.of(1, 0), [0], 2, { from: 'odds' as 'logits' })).toThrow(RangeError);
    const fit = fitTemperature(Float64Array.of(1, 0, 0.5, 0.5, 1, 0), [1, 0, 0], 2, from);
    expect(fit.temperature).toBeGreaterThan(1);
    expect(fit.after.nll).toBeLessThan(Infinity);
  });

  it('finds the factor by which logits were made too large, and changes whom entropy picks', () => {
    const { logits, labels, numClasses } = overconfident(4000, 2.5);
    const fit = fitTemperature(logits, labels, numClasses);
    expect(fit.temperature).toBeGreaterThan(2.3);
    expect(fit.temperature).toBeLessThan(2.7);
    expect(fit.before.ece).toBeGreaterThan(0.15);
    expect(fit.after.ece).toBeLessThan(0.03);
    const first = (temperature: number): Uint32Array => {
      const p = toProbabilities(logits, numClasses, { temperature });
      const rows = labels.map((_, row) => p.subarray(row * numClasses, (row + 1) * numClasses));
      const entropies = rows.map((row) => entropyOf(row, finishEntropy()));
      return topRows(entropies, 'descending', { limit: 400 });
    };
    const before = new Set(first(1));
    const shared = first(fit.temperature).filter((row) => before.has(row)).length;
    expect(shared).toBeLessThan(360);
  });
});

/** Labels drawn from softmax(z), and the logits `factor` z. */
function overconfident(rows: number, factor: number) {
  const random = createRandom(7);
  const numClasses = 5;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const truth = Float64Array.from({ length: rows * numClasses }, () => 1.5 * normal());
  const p = toProbabilities(truth, numClasses);
  const labels = Array.from({ length: rows }, (_, row) => {
    let left = random();
    let label = 0;
    while (label < numClasses - 1 && (left -= p[row * numClasses + label]!) > 0) label++;
    return label;
  });
  return { logits: truth.map((z) => z * factor), labels, numClasses };
}
