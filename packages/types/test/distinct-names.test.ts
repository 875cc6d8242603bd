import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctNames } from '../src/index.ts';

const labelsOf = (names: readonly string[]) => names.map((name, id) => ({ id, name }));

it.each([
  [[], []],
  [
    ['cat', 'dog'],
    ['cat', 'dog'],
  ],
  [
    ['N/A', 'cat', 'N/A'],
    ['N/A (0)', 'cat', 'N/A (2)'],
  ],
  [
    ['caf\u00e9', 'cafe\u0301'],
    ['caf\u00e9 (0)', 'cafe\u0301 (1)'],
  ],
  [
    ['a', 'a', 'a (0)'],
    ['a (0)*', 'a (1)', 'a (0)'],
  ],
])('distinctNames(%j) are %j', (names, wanted) => {
  expect(distinctNames(labelsOf(names))).toEqual(wanted);
});

it('distinctNames(labels) are never the same twice, and leave names alone that nobody shares', () => {
  const name = fc.oneof(
    fc.constantFrom('a', 'b', 'a (0)', 'a (1)', 'a (0)*', 'b (2)*', '\u00e9', 'e\u0301'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const found = distinctNames(labelsOf(names));
      expect(new Set(found.map((one) => one.normalize())).size).toBe(names.length);
      const normal = names.map((one) => one.normalize());
      found.forEach((one, at) => {
        if (normal.filter((other) => other === normal[at]).length === 1) expect(one).toBe(names[at]);
        else expect(one.startsWith(`${names[at]} (${at})`)).toBe(true);
      });
    }),
  );
});
