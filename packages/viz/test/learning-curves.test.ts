import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningCurves } from '../src/charts.ts';
import { svgToPng } from '../src/index.ts';
import type { CurvePoint } from '../src/charts.ts';
import { meanCurves } from '../src/charts/mean-curves.ts';
import { spread } from '../src/charts/spread.ts';

const hostile = '<script>alert(1)</script> "\u202Egnp';
const points: CurvePoint[] = ['random', 'margin', hostile].flatMap((strategy, place) =>
  [1, 2, 3].flatMap((seed) =>
    [10, 20, 30].map((labels) => ({ strategy, seed, labels, accuracy: 0.5 + labels / 100 + place / 50 + seed / 1000 })),
  ),
);

describe('learningCurves(curves)', () => {
  it('is the same text each time, and says in words what it shows', () => {
    const svg = learningCurves(points, { title: 'Ten & <more>', target: 0.75 });
    expect(learningCurves(points, { title: 'Ten & <more>', target: 0.75 })).toBe(svg);
    expect(svg).toContain('<title>Ten &amp; &lt;more&gt;</title>');
    expect(svg).toMatch(
      /<desc>.*: random from 0\.602 at 10 labels to 0\.802 at 30; margin from 0\.622 .* A line marks 0\.75\.<\/desc>/,
    );
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg.match(/<path d="[^"]+" stroke="#/g)).toHaveLength(3);
    expect(svg.match(/<path d="[^"]+" fill="#/g)).toHaveLength(3);
  });

  it('escapes names, leaves out marks that turn text, and cuts what is long', () => {
    const svg = learningCurves(points);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u202E');
    expect(svg).toContain('>0.842 &lt;script&gt;alert(1)&lt;/script&gt; "gnp<');
    expect(learningCurves(points, { width: 400 })).toContain('>0.842 &lt;script&gt;alert(1)&lt;…<');
  });

  it('draws on a light or a dark ground, and the baseline in grey', () => {
    expect(learningCurves(points)).toContain('<rect fill="#ffffff" height="100%" width="100%"');
    const dark = learningCurves(points, { dark: true });
    expect(dark).toContain('<rect fill="#0d1117"');
    expect(dark).toMatch(/fill="#8b949e"[^>]*>0\.802 random/);
  });

  it('draws one seed, one round, and accuracies that are all alike', () => {
    const svg = learningCurves([{ strategy: 'a', seed: 1, labels: 10, accuracy: 0.5 }], { width: 300, height: 200 });
    expect(svg).toContain('a from 0.500 at 10 labels to 0.500 at 10');
    expect(svg).not.toContain('NaN');
  });

  it('refuses no points, and invalid numbers', () => {
    expect(() => learningCurves([])).toThrow('no curves; expected a row for each round of each run');
    const broken = { strategy: 'a', seed: 1, labels: 10, accuracy: NaN };
    expect(() => learningCurves([broken])).toThrow('a, seed 1: 10 labels, accuracy NaN; expected numbers');
  });

  it('becomes a PNG, text included', async () => {
    const png = await svgToPng(learningCurves(points), { scale: 1 });
    const bare = await svgToPng(learningCurves(points).replaceAll(/<text.*?<\/text>/g, ''), { scale: 1 });
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(720);
    expect(png.length).toBeGreaterThan(bare.length + 1000);
  });
});

it('meanCurves(curves) has the mean and its standard error over the seeds that are there', () => {
  const [curve] = meanCurves([
    { strategy: 'a', seed: 1, labels: 20, accuracy: 0.5 },
    { strategy: 'a', seed: 1, labels: 10, accuracy: 0.25 },
    { strategy: 'a', seed: 2, labels: 10, accuracy: 0.75 },
  ]);
  expect(curve!.points).toEqual([
    { labels: 10, mean: 0.5, error: 0.25 },
    { labels: 20, mean: 0.5, error: 0 },
  ]);
});

it('spread(values, gap, bounds) moves what lies beyond them within, in its order', () => {
  expect(spread([0, 0, 9], 2, [0, 8])).toEqual([0, 2, 8]);
  expect(spread([9, 9, 9], 1, [0, 9])).toEqual([7, 8, 9]);
});

it('spread(values, gap) keeps the order and the gap, and moves what is alone not at all', () => {
  expect(spread([0, 0, 5], 2)).toEqual([-1, 1, 5]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 9 }), (values) => {
      const places = spread(values, 1);
      const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
      order.slice(1).forEach((row, i) => expect(places[row]! - places[order[i]!]!).toBeGreaterThan(1 - 1e-9));
      const mean = (numbers: readonly number[]): number =>
        numbers.reduce((sum, x) => sum + x, 0) / (numbers.length || 1);
      expect(mean(places)).toBeCloseTo(mean(values), 9);
    }),
  );
});
