import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { describe, expect, it } from 'vitest';
import { imageFolders } from '../src/report/image-folders.ts';
import { reportOf } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

/** Sure by margin of one and unsure by entropy, and the other way round. */
const twoWays = [0.5, 0.49, 0.01];
const threeWays = [0.4, 0.3, 0.3];
const sure = [0.98, 0.01, 0.01];
const faint = [0.1, 0.05, 0.05];

describe('reportOf(source).pageOptions.facts', () => {
  const images = [
    { id: 'two', boxes: [twoWays] },
    { id: 'three', boxes: [threeWays, faint] },
    { id: 'sure', boxes: [sure, sure] },
    { id: 'none', boxes: [] },
    { id: 'failed', boxes: null },
  ];

  it('says what was read, and what is left out and why', async () => {
    const { pageOptions } = await reportOf(predictionsOf(images), { cells: 2 });
    expect(pageOptions.facts).toEqual({
      ...{ images: 5, boxes: 4, minScore: 0.2 },
      leftOut: { failedImages: 1, belowThreshold: 1, imagesWithoutBox: 1, withoutNumber: 0, beyondKept: 2 },
      kept: [{ strategy: 'margin', cells: 2 }],
    });
  });

  it.each([
    ['box', 'margin', 4],
    ['image', 'marginUncertainty', 5],
  ] as const)('by %s counts what each strategy brings, none twice', async (by, name, all) => {
    const one = await reportOf(predictionsOf(images), { by, cells: 1, strategy: margin });
    expect(one.cells.map(({ image }) => image.image_id)).toEqual(['two']);
    // The first is torn between two classes, another by entropy between three.
    const options = { by, cells: 1, strategy: margin, byEach: true };
    const { cells, pageOptions } = await reportOf(predictionsOf(images), options);
    expect(cells.map(({ image }) => image.image_id)).toEqual(['two', 'three']);
    expect(pageOptions.facts!.kept).toEqual([
      { strategy: name, cells: 1 },
      { strategy: 'entropy', cells: 1 },
      { strategy: 'leastConfidence', cells: 0 },
    ]);
    expect(pageOptions.facts!.leftOut!.beyondKept).toBe(all - 2);
  });

  it('by each keeps the first so many by each, and has the order of the first', async () => {
    const many = Array.from({ length: 40 }, (_, at) => {
      const best = 0.34 + 0.016 * at;
      const second = (1 - best) * (0.5 + 0.01 * ((at * 7) % 50));
      return { id: `${at}`, boxes: [[best, Math.min(best - 0.001, second), 1 - best - second]] };
    });
    const source = predictionsOf(many);
    const { cells } = await reportOf(source, { cells: 5, byEach: true });
    const shown = new Set(cells.map(({ id }) => id));
    for (const strategy of [margin, entropy, leastConfidence])
      for (const cell of (await reportOf(source, { cells: 5, strategy })).cells) expect(shown).toContain(cell.id);
    const margins = cells.map(({ values }) => values[0]!);
    expect(margins).toEqual(margins.toSorted((a, b) => a - b));
    expect(shown.size).toBeGreaterThan(5);
  });
});

describe('imageFolders(uris)', () => {
  it.each([
    [
      ['/a/b/1.jpg', '/a/c/d/2.jpg', '/a/3.jpg'],
      ['b', 'c/d', ''],
    ],
    [
      ['/a/1.jpg', '/a/2.jpg'],
      ['', ''],
    ],
    [
      ['file:///a/b%20c/1.jpg', '/a/d/1.jpg'],
      ['b c', 'd'],
    ],
    [
      ['https://x.org/a/1.jpg?token=a/b', 'https://x.org/b/1.jpg'],
      ['a', 'b'],
    ],
    [
      ['C:\\a\\b\\1.jpg', 'C:\\a\\c\\1.jpg'],
      ['b', 'c'],
    ],
    [
      [null, 'data:image/png;base64,a/b', '/a/1.jpg'],
      [null, null, ''],
    ],
    [
      ['file:///%', '1.jpg'],
      ['file:', ''],
    ],
    [[], []],
  ])('of %j are %j', (uris, folders) => expect(imageFolders(uris)).toEqual(folders));
});
