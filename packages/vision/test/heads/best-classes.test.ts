import * as fc from 'fast-check';
import type { ScoreMatrix } from '@qualm/types';
import { expect, it } from 'vitest';
import { createBestClasses } from '../../src/heads/best-classes.ts';
import { createPlainBestClasses } from '../../src/heads/plain-best-classes.ts';
import type { FindBestClasses } from '../../src/heads/plain-best-classes.ts';

/* WebAssembly takes chunks of 32,768 numbers and of 8,192 anchors. */

const range = [-0.01, 1.01] as const;
const odd = [NaN, Infinity, -Infinity, -0.5, 1.5, 0, -0, 1, 1e-45, -1e-45];

type Order = 'rows' | 'columns' | 'neither';

function matrixOf(numAnchors: number, numClasses: number, gap: number, order: Order, next: () => number): ScoreMatrix {
  const step = order === 'neither' ? 2 : 1;
  const [anchorStride, classStride] = order === 'columns' ? [1, numAnchors + gap] : [step * numClasses + gap, step];
  const length = 3 + (numAnchors - 1) * anchorStride + (numClasses - 1) * classStride + 1;
  const data = Float32Array.from({ length: length + gap }, next);
  return { data, offset: 3, numAnchors, numClasses, anchorStride, classStride };
}

interface Found {
  readonly anchor: number;
  readonly bestClass: number;
  readonly raw: number;
}

function found(
  find: FindBestClasses,
  matrix: ScoreMatrix,
  floors: Float32Array,
): { best: Found[]; areWithin: boolean } {
  const { length, anchors, classes, raw, areWithin } = find(matrix, floors, range);
  const best = Array.from({ length }, (_, i) => ({ anchor: anchors[i]!, bestClass: classes[i]!, raw: raw[i]! + 0 }));
  return { best, areWithin };
}

/** Anchor by anchor, as it is said. */
function expected(matrix: ScoreMatrix, floors: Float32Array): { best: Found[]; areWithin: boolean } {
  const best: Found[] = [];
  let areWithin = true;
  for (let anchor = 0; anchor < matrix.numAnchors; anchor++) {
    const { data, offset, anchorStride, classStride, numClasses } = matrix;
    const row = Array.from({ length: numClasses }, (_, c) => data[offset + anchor * anchorStride + c * classStride]!);
    if (!row.every((value) => value >= range[0] && value <= range[1])) areWithin = false;
    const most = Math.max(...row.filter((value) => !Number.isNaN(value)));
    if (most > floors[anchor]!) best.push({ anchor, bestClass: row.indexOf(most), raw: most + 0 });
  }
  return { best, areWithin };
}

const finders = [
  ['by WebAssembly', createBestClasses()],
  ['in plain', createPlainBestClasses()],
] as const;

it.each(finders)('best classes, %s, are the greatest number of each anchor above its floor', (_, find) => {
  const shape = fc.record({
    size: fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 10 })),
      fc.constantFrom<[number, number]>([700, 80], [8192, 3], [20_000, 2]),
    ),
    gap: fc.integer({ min: 0, max: 5 }),
    order: fc.constantFrom<Order>('rows', 'columns', 'neither'),
    share: fc.constantFrom(0, 1e-4, 0.1),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });
  fc.assert(
    fc.property(shape, ({ size: [numAnchors, numClasses], gap, order, share, seed }) => {
      const random = lehmer(seed);
      // Few values, so that there are ties.
      const next = (): number =>
        random() < share ? odd[Math.floor(random() * odd.length)]! : Math.floor(random() * 100) / 100;
      const matrix = matrixOf(numAnchors, numClasses, gap, order, next);
      const floors = Float32Array.from({ length: numAnchors }, () =>
        random() < 0.1 ? [Infinity, -Infinity, NaN][Math.floor(random() * 3)]! : 0.5 + random() / 2,
      );
      expect(found(find, matrix, floors)).toEqual(expected(matrix, floors));
    }),
    { numRuns: 30 },
  );
});

it.each(finders)(
  'best classes, %s, of no anchors are none, and of a row larger than the chunk are found',
  (_, find) => {
    const none = {
      data: new Float32Array(0),
      offset: 0,
      numAnchors: 0,
      numClasses: 80,
      anchorStride: 80,
      classStride: 1,
    };
    expect(found(find, none, new Float32Array(0))).toEqual({ best: [], areWithin: true });
    const data = new Float32Array(80_000);
    data[70_000] = 0.5;
    const wide = { data, offset: 0, numAnchors: 2, numClasses: 40_000, anchorStride: 40_000, classStride: 1 };
    const best = [{ anchor: 1, bestClass: 30_000, raw: 0.5 }];
    expect(found(find, wide, Float32Array.of(0.25, 0.25))).toEqual({ best, areWithin: true });
  },
);

/** Numbers between 0 and 1. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
