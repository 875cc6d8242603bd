import { describe, expect, it } from 'vitest';
import {
  averagePrecisionByDecile,
  chartRegions,
  confusionMatrix,
  detectionsPerClass,
  reliabilityDiagram,
  uncertaintyHistogram,
} from '../src/charts.ts';
import type { ChartRegion } from '../src/charts.ts';

const regions = true;
const bins = {
  ...{ lower: [0, 0.5], upper: [0.5, 1], count: [0, 4] },
  ...{ confidence: [0, 0.8], accuracy: [0, 0.75] },
};
const charts: Readonly<Record<string, readonly [svg: string, at: readonly number[]]>> = {
  // The most first, the class without a box nowhere.
  detectionsPerClass: [detectionsPerClass([3, 0, 12], ['a', 'b', 'c'], { regions }), [2, 0]],
  'detectionsPerClass, whose others are no class': [
    detectionsPerClass([3, 1, 12, 1], ['a', 'b', 'c', 'd'], { regions, most: 2 }),
    [2, 0],
  ],
  uncertaintyHistogram: [uncertaintyHistogram([0, 0.1, 1, NaN], { regions, bins: 4 }), [0, 3]],
  reliabilityDiagram: [reliabilityDiagram(bins, { regions }), [1]],
  averagePrecisionByDecile: [
    averagePrecisionByDecile(
      [
        { averagePrecision: 0.2, images: 2 },
        { averagePrecision: NaN, images: 2 },
        { averagePrecision: 0, images: 2 },
        { averagePrecision: 0.5, images: 1, name: 'no box' },
      ],
      { regions },
    ),
    [0, 2],
  ],
  confusionMatrix: [confusionMatrix([5, 2, 0, 1, 5, 0, 0, 0, 5], ['a', 'b', 'c'], { regions }), [1, 3]],
};

describe.each(Object.entries(charts))('chartRegions of %s', (_, [svg, at]) => {
  const found = chartRegions(svg);
  it('has one for each shape, named by what the chart was given', () => {
    expect(found.map((region) => region.at).sort()).toEqual([...at].sort());
  });

  it('lies within the picture, apart from each other', () => {
    for (const { x, y, width, height } of found) {
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(Math.min(width, height)).toBeGreaterThan(0.01);
      expect(Math.max(x + width, y + height)).toBeLessThan(1);
    }
    const overlap = (one: ChartRegion, two: ChartRegion): boolean =>
      Math.min(one.x + one.width, two.x + two.width) - Math.max(one.x, two.x) > 0.001 &&
      Math.min(one.y + one.height, two.y + two.height) - Math.max(one.y, two.y) > 0.001;
    expect(found.flatMap((one, index) => found.slice(index + 1).filter((two) => overlap(one, two)))).toEqual([]);
  });
});

it('chartRegions(svg) is nothing for a chart that was not asked, and for what is none', () => {
  const plain = detectionsPerClass([3, 12], ['a', 'b']);
  expect(plain).not.toContain('data-regions');
  expect(chartRegions(plain)).toEqual([]);
  expect(chartRegions('<p data-regions="1 2"></p>')).toEqual([]);
  expect(chartRegions('')).toEqual([]);
  // Whatever is called so within a chart is no region of it.
  expect(chartRegions(detectionsPerClass([1], ['<rect data-regions="0 0 0 1 1"/>']))).toEqual([]);
});
