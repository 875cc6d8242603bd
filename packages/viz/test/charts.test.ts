import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averagePrecisionByDecile,
  confusionMatrix,
  detectionsPerClass,
  marginAgainstConfidence,
  reliabilityDiagram,
  uncertaintyHistogram,
} from '../src/charts.ts';
import { svgToPng } from '../src/index.ts';
import type { ChartOptions } from '../src/charts.ts';
import { clusterOrder } from '../src/svg.ts';

const hostile = '<script>alert(1)</script>"\u202Egnp';
const bins = {
  lower: [0, 0.5],
  upper: [0.5, 1],
  count: [3, 1],
  confidence: [0.25, 0.75],
  accuracy: [0.25, 1],
};

const charts: readonly (readonly [string, (options: ChartOptions) => string, string])[] = [
  [
    'uncertaintyHistogram(values)',
    (options) => uncertaintyHistogram([0, 0.1, 0.1, NaN, 1], { ...options, bins: 10, mark: 0.1 }),
    '4 rows, uncertainty from 0 to 1; most, 2, from 0.1 to 0.2. 1 without a number is left out.',
  ],
  [
    'marginAgainstConfidence(margins, confidences)',
    (options) => marginAgainstConfidence([0.05, 0.5, 1, NaN], [0.5, 0.75, 1, 0.5], options),
    '3 boxes by margin and best score; 1 has a margin below 0.1. 1 is left out.',
  ],
  [
    'confusionMatrix(counts, names)',
    (options) => confusionMatrix([9, 2, 0, 1, 9, 0, 0, 0, 9], ['cat', hostile, 'sure'], options),
    'Most often cat for &lt;script&gt;alert(1)&lt;/script&gt;"gnp 2 times, &lt;script&gt;alert(1)&lt;/script&gt;"gnp for cat 1 time. 1 class that is confused less, or never, is left out.',
  ],
  [
    'detectionsPerClass(counts, names)',
    (options) => detectionsPerClass([1, 5, 0, 2], ['a', hostile, 'none', 'b'], { ...options, most: 1 }),
    '8 boxes of 3 classes: &lt;script&gt;alert(1)&lt;/script&gt;"gnp 5, 2 others 3.',
  ],
  [
    'reliabilityDiagram(bins)',
    (options) => reliabilityDiagram(bins, options),
    '4 rows in 2 bins of confidence; accuracy is 0.063 from confidence on average (expected calibration error).',
  ],
  [
    'averagePrecisionByDecile(deciles)',
    (options) =>
      averagePrecisionByDecile(
        [0.25, NaN, 0.5].map((averagePrecision) => ({ averagePrecision, images: 3 })),
        options,
      ),
    'Average precision in 3 parts of the images, the least sure first: from 0.250 to 0.500.',
  ],
];

describe.each(charts)('%s', (_, draw, words) => {
  it('says in words what it shows, and is the same text each time', () => {
    const svg = draw({});
    expect(draw({})).toBe(svg);
    expect(svg).toContain(`<desc>${words}</desc>`);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u202E');
  });

  it('takes a title, a size and a dark ground', () => {
    const svg = draw({ title: 'A & B', dark: true, width: 500, height: 400 });
    expect(svg).toContain('<title>A &amp; B</title>');
    expect(svg).toContain('<rect fill="#0d1117"');
    expect(svg).toMatch(/ height="400" width="500"/);
  });

  it('becomes a PNG', async () => {
    const png = await svgToPng(draw({}), { scale: 1 });
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });
});

describe('one of what is counted', () => {
  const one = { lower: [0], upper: [1], count: [1], confidence: [0.5], accuracy: [1] };
  it.each([
    ['a value', () => uncertaintyHistogram([0.5, NaN]), /<desc>1 row, .* 1 without a number is left out\./],
    ['a box with a number', () => uncertaintyHistogram([0.5], { rows: ['box', 'boxes'] }), /<desc>1 box, /],
    ['a box', () => marginAgainstConfidence([0.05], [0.5]), /<desc>1 box by margin .*; 1 has a margin below/],
    ['a class', () => detectionsPerClass([1], ['a']), /<desc>1 box of 1 class: a 1\./],
    ['a confusion', () => confusionMatrix([0, 1, 0, 0], ['a', 'b']), /<desc>Most often a for b 1 time\./],
    ['a bin', () => reliabilityDiagram(one), /<desc>1 row in 1 bin of confidence/],
    ['a bin of boxes', () => reliabilityDiagram(one, { rows: ['box', 'boxes'] }), /<desc>1 box in 1 bin of/],
    [
      'a part',
      () => averagePrecisionByDecile([{ averagePrecision: 1, images: 1 }]),
      /<desc>.* in 1 part of the images/,
    ],
  ])('%s: the words say one', (_, draw, words) => {
    expect(draw()).toMatch(words);
  });
});

describe('nothing to draw', () => {
  it.each([
    ['no values', () => uncertaintyHistogram([]), 'No row has a number.'],
    ['invalid values', () => uncertaintyHistogram([NaN, Infinity]), 'No row has a number. 2 without'],
    ['no boxes', () => marginAgainstConfidence([], []), '0 boxes'],
    ['no classes', () => confusionMatrix([], []), 'No classes are confused.'],
    ['no confusion', () => confusionMatrix([1, 0, 0, 1], ['a', 'b']), 'No classes are confused. 2 classes'],
    ['no boxes of any class', () => detectionsPerClass([0], ['a']), '0 boxes of 0 classes.'],
    ['empty bins', () => reliabilityDiagram({ ...bins, count: [0, 0] }), 'No rows.'],
    ['nothing to find', () => averagePrecisionByDecile([{ averagePrecision: NaN, images: 1 }]), 'No part'],
  ])('%s: a chart that says so', (_, draw, words) => {
    const svg = draw();
    expect(svg).toContain(`<desc>${words}`);
    expect(svg).not.toContain('NaN');
  });
});

it('values that are all alike are one bar', () => {
  expect(uncertaintyHistogram([3, 3, 3])).toContain('3 rows, uncertainty from 3 to 6; most, 3, from 3 to 3.075');
});

it('classes of one name are told apart', () => {
  const svg = detectionsPerClass([1, 2], ['cat', 'cat']);
  expect(svg).toContain('cat #0');
  expect(svg).toContain('cat #1');
});

it('a palette of 1,203 classes is the thirty that are confused most', () => {
  const size = 1203;
  const counts = new Uint32Array(size * size);
  for (let i = 0; i + 1 < size; i++) counts[i * size + i + 1] = i;
  const svg = confusionMatrix(
    counts,
    Array.from({ length: size }, (_, i) => `class ${i}`),
  );
  expect(svg).toContain('1,173 classes that are confused less, or never, are left out.');
  expect(svg).toContain('class 1200 for class 1201 1,200 times');
});

it.each([
  [() => uncertaintyHistogram([1], { bins: 0 }), 'bins is 0'],
  [() => marginAgainstConfidence([1], []), '1 margins for 0 confidences'],
  [() => confusionMatrix([1], ['a', 'b']), '1 counts for 2 names; expected 4'],
  [() => confusionMatrix([-1], ['a']), 'count 0 is -1'],
  [() => detectionsPerClass([1], []), '1 counts for 0 names'],
])('refuses %s', (draw, words) => expect(draw).toThrow(words));

describe('clusterOrder(likeness, size)', () => {
  it('puts what is alike together', () => {
    // 0 and 3 are alike, and so are 1 and 2; 1 and 3 a little.
    const likeness = [0, 0, 0, 9, 0, 0, 8, 1, 0, 8, 0, 0, 9, 1, 0, 0];
    expect(clusterOrder(likeness, 4)).toEqual([0, 3, 1, 2]);
    expect(clusterOrder(Float64Array.of(0, 0, 9, 0, 0, 1, 9, 1, 0), 3)).toEqual([0, 2, 1]);
    expect(clusterOrder([], 0)).toEqual([]);
    expect(clusterOrder([5], 1)).toEqual([0]);
  });

  it('is a permutation, whatever comes, and finds blocks however they are mixed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (size, seed) => {
        const likeness = Float64Array.from({ length: size * size }, (_, at) => Math.abs(Math.sin(seed + at)));
        const order = clusterOrder(likeness, size);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }), (mixed) => {
        const block = (index: number): number => Math.floor(mixed[index]! / 3);
        const likeness = Float64Array.from({ length: 81 }, (_, at) =>
          block(Math.floor(at / 9)) === block(at % 9) ? 5 : 0,
        );
        const blocks = clusterOrder(likeness, 9).map(block);
        expect(blocks.filter((one, at) => at > 0 && one !== blocks[at - 1])).toHaveLength(2);
      }),
    );
  });
});
