import { describe, expect, it } from 'vitest';
import { shareOfId } from '@qualm/datasets';

describe('shareOfId', () => {
  // int(hashlib.sha256(str(id).encode()).hexdigest()[:12], 16) % count + 1 in Python 3.11
  it.each<[string | number, readonly number[]]>([
    ['photos/a.jpg', [1, 2, 1, 2, 210]],
    ['a.jpg', [1, 2, 2, 8, 96]],
    [17, [1, 1, 1, 5, 469]],
    ['17', [1, 1, 1, 5, 469]],
    [0, [1, 1, 2, 9, 489]],
    [-5, [1, 1, 1, 5, 997]],
    [9007199254740991, [1, 2, 2, 10, 754]],
    ['', [1, 1, 2, 13, 125]],
    ['straße/é 🐈.png', [1, 2, 2, 10, 426]],
  ])('shareOfId(%j, 1, 2, 3, 16, 1000) is what hashlib of Python gives', (id, shares) => {
    expect([1, 2, 3, 16, 1000].map((count) => shareOfId(id, count))).toEqual(shares);
  });

  const kinds: Record<string, (index: number) => string | number> = {
    'whole numbers': (index) => index,
    'file names of COCO': (index) => `${String(index).padStart(12, '0')}.jpg`,
    'frames of a video': (index) => `video-${index % 100}/frame ${Math.floor(index / 100)}.png`,
    'multiples of 16': (index) => 16 * index,
  };
  const cases = Object.keys(kinds).flatMap((kind) => [2, 3, 16, 100, 1024].map((count) => [kind, count] as const));
  it.each(cases)('spreads 20,000 ids that are %s evenly over %i shares', (kind, count) => {
    const found = new Float64Array(count);
    for (let index = 0; index < 20_000; index++) found[shareOfId(kinds[kind]!(index), count) - 1]!++;
    const expected = 20_000 / count;
    const chiSquare = found.reduce((sum, images) => sum + (images - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(chiSquareBound(count - 1));
    expect(chiSquare).toBeGreaterThan(0);
  });
});

/** What chi-square exceeds once in 10,000 times (Wilson and Hilferty 1931; exact to 1 in 100). */
function chiSquareBound(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.719 * Math.sqrt(spread)) ** 3;
}
