import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedPlaces } from '../src/page/filters/sorted-places.ts';

const key = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, 0.1 + 0.2, 0.3),
);

it('sortedPlaces(places, keyOf) has the least key first, and equal ones in their order', () => {
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      // Not from 0, and each is there once.
      const places = keys.map((_, at) => 2 * at + 3);
      const keyOf = (place: number): number => keys[(place - 3) / 2]!;
      const compare = (one: number, two: number): number =>
        keyOf(one) < keyOf(two) ? -1 : keyOf(one) > keyOf(two) ? 1 : 0;
      const before = [...places];
      expect(sortedPlaces(places, keyOf)).toEqual(places.toSorted(compare));
      expect(places).toEqual(before);
    }),
    { numRuns: 300 },
  );
});
