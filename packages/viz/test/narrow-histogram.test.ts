import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chartRegions, uncertaintyHistogram } from '../src/charts.ts';

/** All numbers there are, those beside the least and the largest often. */
const number = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 1e-300, noNaN: true }),
  fc.constantFrom(5e-324, 2 ** -1022, 1, 1 + 2 ** -52, Number.MAX_VALUE, -Number.MAX_VALUE),
);

it('uncertaintyHistogram draws a bar for every number up to 1e300, however small or near', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 6 }), (values) => {
      const drawn = values.filter((value) => Math.abs(value) <= 1e300).length;
      const svg = uncertaintyHistogram(values, { regions: true });
      const words = /<desc>(?<words>.*)<\/desc>/.exec(svg)!.groups!.words!;
      expect(svg).not.toMatch(/NaN|Infinity/);
      expect(words).toMatch(
        drawn === 0 ? /^No row has a number/ : RegExp(`^${drawn} ${drawn === 1 ? 'row' : 'rows'}, `),
      );
      expect(words.includes(`${values.length - drawn} without a number`)).toBe(drawn < values.length);
      expect(chartRegions(svg).length > 0).toBe(drawn > 0);
      for (const { width } of chartRegions(svg)) expect(width).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});
