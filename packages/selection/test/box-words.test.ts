import { expect, it } from 'vitest';
import { boxWords } from '../src/index.ts';
import type { RankedImage } from '../src/index.ts';

const image = { boxes: 1, box_index: 0, label: 'dog', score: 0.44, second_label: 'bird' } as RankedImage;
const choice = { minScore: 0.2, aggregation: { which: null } } as unknown as Parameters<typeof boxWords>[1];

it.each([
  [0.31, 'dog 0.44 or bird 0.31, box 0'],
  [0.005, 'dog 0.44 or bird 0.01, box 0'],
  // Nothing at two digits.
  [0.0026, 'dog 0.44, box 0'],
])('boxWords(image, choice) names a rival of %d: %s', (second_score, words) =>
  expect(boxWords({ ...image, second_score }, choice)).toBe(words),
);
