import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averagePrecisionByDecile,
  confusionMatrix,
  detectionsPerClass,
  learningCurves,
  marginAgainstConfidence,
  reliabilityDiagram,
  uncertaintyHistogram,
} from '../src/charts.ts';
import type { ChartOptions } from '../src/charts.ts';
import { axisNames } from '../src/charts/axis-names.ts';
import { oneLine, wrapText } from '../src/charts/chart-text.ts';
import { shortCount, tickText } from '../src/charts/number-text.ts';
import { measureText } from '../src/index.ts';
import { isMeasured } from '../src/measure-text.ts';
import { pictureSize, textExtents } from './text-extents.ts';
import type { Extent } from './text-extents.ts';

const scripts = [
  'person',
  'Schaufelradbagger',
  '信号機と横断歩道',
  'إشارة المرور',
  'यातायात बत्ती',
  '👨‍👩‍👧‍👦 🇩🇪 ☕️',
  'ป้ายจราจร',
  'ﷺ',
  '𓂀𒐫',
];
const names = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.tuple(fc.constantFrom(...scripts), fc.integer({ min: 1, max: 12 })).map(([one, times]) => `${one} `.repeat(times)),
  fc.tuple(fc.constantFrom(...scripts), fc.integer({ min: 1, max: 30 })).map(([one, times]) => one.repeat(times)),
);
const options = fc.record(
  { title: names, width: fc.integer({ min: 320, max: 900 }), height: fc.integer({ min: 200, max: 700 }) },
  { requiredKeys: [] },
);
const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 2 ** 31 }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const number = fc.oneof(share, fc.double({ noDefaultInfinity: true, min: -1e9, max: 1e9 }));

const charts: readonly (readonly [string, fc.Arbitrary<(asked: ChartOptions) => string>])[] = [
  [
    'uncertaintyHistogram',
    fc
      .record({ values: fc.array(number, { maxLength: 30 }), label: names, mark: fc.option(share, { nil: undefined }) })
      .map(
        ({ values, label, mark }) =>
          (asked) =>
            uncertaintyHistogram(values, { ...asked, label, ...(mark !== undefined && { mark }) }),
      ),
  ],
  [
    'marginAgainstConfidence',
    fc.array(fc.tuple(share, share)).map(
      (rows) => (asked) =>
        marginAgainstConfidence(
          rows.map(([margin]) => margin),
          rows.map(([, score]) => score),
          asked,
        ),
    ),
  ],
  [
    'confusionMatrix',
    fc.record({ classes: fc.array(names, { maxLength: 36 }), rowName: names, columnName: names, seed: count }).map(
      ({ classes, rowName, columnName, seed }) =>
        (asked) =>
          confusionMatrix(
            Array.from({ length: classes.length ** 2 }, (_, at) =>
              Math.floor(Math.abs(Math.sin(seed + at)) ** 9 * seed),
            ),
            classes,
            { ...asked, rowName, columnName },
          ),
    ),
  ],
  [
    'detectionsPerClass',
    fc.array(fc.tuple(names, count), { maxLength: 40 }).map(
      (rows) => (asked) =>
        detectionsPerClass(
          rows.map(([, found]) => found),
          rows.map(([name]) => name),
          asked,
        ),
    ),
  ],
  [
    'reliabilityDiagram',
    fc.array(fc.tuple(count, share), { minLength: 1, maxLength: 20 }).map(
      (rows) => (asked) =>
        reliabilityDiagram(
          {
            lower: rows.map((_, bin) => bin / rows.length),
            upper: rows.map((_, bin) => (bin + 1) / rows.length),
            count: rows.map(([found]) => found),
            confidence: rows.map((_, bin) => (bin + 0.5) / rows.length),
            accuracy: rows.map(([, accuracy]) => accuracy),
          },
          asked,
        ),
    ),
  ],
  [
    'averagePrecisionByDecile',
    fc
      .array(
        fc.record(
          { averagePrecision: fc.oneof(share, fc.constant(NaN)), images: count, name: names },
          { requiredKeys: ['averagePrecision', 'images'] },
        ),
        { maxLength: 24 },
      )
      .map((deciles) => (asked) => averagePrecisionByDecile(deciles, asked)),
  ],
  [
    'learningCurves',
    fc
      .record({
        strategies: fc.uniqueArray(names, { minLength: 1, maxLength: 24 }),
        accuracies: fc.array(share, { minLength: 1, maxLength: 20 }),
        step: fc.integer({ min: 1, max: 2e6 }),
        target: fc.option(share, { nil: undefined }),
      })
      .map(
        ({ strategies, accuracies, step, target }) =>
          (asked) =>
            learningCurves(
              strategies.flatMap((strategy, place) =>
                accuracies.map((accuracy, round) => ({
                  ...{ strategy, seed: 1, labels: step * (round + 1) },
                  accuracy: (accuracy + place) % 1,
                })),
              ),
              { ...asked, ...(target !== undefined && { target }) },
            ),
      ),
  ],
];

describe.each(charts)('%s, whatever the names, numbers and sizes', (_, chart) => {
  it('has every text within its picture, and holds it to the length that was measured', () => {
    fc.assert(
      fc.property(chart, options, (draw, asked) => {
        const svg = draw(asked);
        const { width, height } = pictureSize(svg);
        const extents = textExtents(svg);
        const isWithin = ({ left, right, top, bottom }: Extent): boolean =>
          left >= -0.01 && right <= width + 0.01 && top >= 0 && bottom <= height;
        const isHeld = (one: Extent): boolean =>
          !isMeasured(one.text) || one.width === 0 || Math.abs(one.told - one.width) < 0.05;
        expect(extents.filter((extent) => !isWithin(extent) || !isHeld(extent))).toEqual([]);
        expect(width).toBeGreaterThanOrEqual(asked.width ?? 0);
        expect(height).toBeGreaterThanOrEqual(asked.height ?? 0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('title and legend', () => {
  it('stand above each other, and never on each other', () => {
    fc.assert(
      fc.property(names, names, fc.integer({ min: 320, max: 900 }), (title, label, width) => {
        const svg = uncertaintyHistogram([0.1, 0.5], { title, label, width, mark: 0.2 });
        const head = textExtents(svg).slice(-6);
        head.forEach((one, at) =>
          head.slice(at + 1).forEach((other) => {
            const apart =
              one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
            expect(apart ? null : [one, other]).toBeNull();
          }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('a long title is broken between words, and cut after three lines', () => {
    const svg = uncertaintyHistogram([1], { title: 'how sure it is of what it finds '.repeat(20), width: 400 });
    const lines = textExtents(svg).filter(({ text }) => text.startsWith('how') || text.includes('it'));
    expect(lines.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^how sure.*\w$/),
      expect.stringMatching(/^\w.*\w$/),
      expect.stringMatching(/…$/),
    ]);
  });

  it.each([
    [
      'the mark of a histogram',
      uncertaintyHistogram([0.1, 0.2, 0.9], { mark: 0.2 }),
      'uncertainty 0.2: 2 of 3 rows at or below',
    ],
    ['what is torn', marginAgainstConfidence([0.05, 0.5], [0.5, 0.75]), 'margin 0.1: 1 of 2 boxes below'],
    ['the greatest count', confusionMatrix([0, 1234, 1, 0], ['a', 'b']), 'up to 1,234 times'],
    [
      'how many classes are left out',
      confusionMatrix([0, 2, 0, 0, 0, 0, 0, 0, 0], ['a', 'b', 'c']),
      'the 2 of 3 classes',
    ],
    [
      'how large parts are',
      averagePrecisionByDecile([2, 3].map((images) => ({ averagePrecision: 1, images }))),
      '2 parts of 2 to 3 images',
    ],
    ['the target', learningCurves([{ strategy: 'a', seed: 1, labels: 1, accuracy: 1 }], { target: 0.9 }), 'target 0.9'],
  ])('%s is stated', (_, svg, words) => {
    expect(textExtents(svg).map(({ text }) => text)).toContainEqual(expect.stringContaining(words));
  });
});

it('wrapText(text) keeps every character, and each line in its room, while there are lines left', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 60, max: 400 }), (text, room) => {
      const lines = wrapText(text, room, 12, 1000);
      expect(lines.every((line) => measureText(line, 12) <= room)).toBe(true);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(oneLine(text).replaceAll(/\s/g, ''));
      expect(wrapText(text, room, 12, 2).length).toBeLessThanOrEqual(2);
    }),
  );
});

describe('axisNames(names, room)', () => {
  it('are all different, and no wider than their room', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(names, fc.constantFrom('cat', 'cat #0', 'cat #1')), { maxLength: 20 }), (given) => {
        const shown = axisNames(given, 90);
        expect(new Set(shown).size).toBe(given.length);
        expect(shown.every((name) => measureText(name, 12) <= 90)).toBe(true);
      }),
    );
  });

  it('keep what fits whole', () => {
    expect(axisNames(['cat', 'cat', 'dog', ''], 100)).toEqual(['cat #0', 'cat #1', 'dog', '(no name)']);
  });
});

it('ticks of an axis have as many decimals', () => {
  const ticks = [0, 0.25, 0.5];
  expect(ticks.map((tick, at) => tickText(tick, at, ticks))).toEqual(['0.00', '0.25', '0.50']);
});

it('ticks of an axis are of one kind, however near to 0', () => {
  const plain = [0, 0.0005, 0.001];
  expect(plain.map((tick, at) => tickText(tick, at, plain))).toEqual(['0.0000', '0.0005', '0.0010']);
  const powers = [0, 2.5e-7, 5e-7];
  expect(powers.map((tick, at) => tickText(tick, at, powers))).toEqual(['0', '2.5 × 10⁻⁷', '5 × 10⁻⁷']);
});

it('numbers beside the vertical axis have the room that they need', () => {
  const accuracies = [-0.00005, 0.00011];
  const curve = accuracies.map((accuracy, round) => ({
    strategy: 'random',
    seed: 1,
    labels: 10 * (round + 1),
    accuracy,
  }));
  const svg = learningCurves(curve);
  const ticks = textExtents(svg).filter(({ text }) => /^.0\.0000/.test(text));
  expect(ticks.map(({ text }) => text)).toContain('-0.00004');
  expect(Math.min(...ticks.map(({ left }) => left))).toBeGreaterThanOrEqual(3.9);
});

it('numbers below the horizontal axis have the room that they need, at its ends and between them', () => {
  const svg = uncertaintyHistogram([1.1352e-26, 1.1368e-26]);
  const { width } = pictureSize(svg);
  const ticks = textExtents(svg).filter(({ text }) => text.endsWith('× 10⁻²⁶'));
  expect(ticks.length).toBeGreaterThan(2);
  expect(Math.max(...ticks.map(({ right }) => right))).toBeLessThanOrEqual(width - 3.9);
  ticks.slice(1).forEach(({ left }, at) => expect(left).toBeGreaterThan(ticks[at]!.right + 3.9));
});

it.each([
  [0, '0', '0'],
  [950, '950', '950'],
  [9999, '10k', '9999'],
  [12_345, '12k', '12.345k'],
  [1_203_000, '1.2M', '1.203M'],
  [0.30000000000000004, '0.3', '0.3'],
  [2.5e-7, '0', '2.5 × 10⁻⁷'],
])('%d is %s in a cell, and %s at a tick', (value, cell, tick) => {
  expect([shortCount(value), tickText(value)]).toEqual([cell, tick]);
});
