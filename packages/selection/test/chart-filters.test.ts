import { expect, it } from 'vitest';
import { withPairFilters } from '../src/report/chart-filters.ts';

it('withPairFilters(chart, counts, names, labels) filters by the classes that the page has', () => {
  const cells = [1, 2, 5, 6].map((at) => `${at} 0 0 0.5 0.5`).join();
  const chart = { light: `<svg data-regions="${cells}"/>`, dark: '', words: 'Confusion' };
  const counts = [0, 340, 2, 0, 0, 7, 1, 0, 0];
  // The same name, in another form of Unicode.
  const { regions } = withPairFilters(chart, counts, ['caf\u00e9', 'dog'], ['cow', 'cafe\u0301']);
  expect(regions!.map(({ words, total, filter }) => [words, total, filter?.taken])).toEqual([
    ['drawn caf\u00e9, found dog', 340, undefined],
    ['drawn caf\u00e9, not found', 2, [1, -1]],
    ['drawn dog, not found', 7, undefined],
    ['nothing drawn, found caf\u00e9', 1, [-1, 1]],
  ]);
});
