import { expect, it } from 'vitest';
import { strategyWords } from '../src/index.ts';

it.each([
  ['margin', 'margin'],
  ['leastConfidence', 'least confidence'],
  ['normalizedLeastConfidence', 'normalized least confidence'],
  ['entropyPerLabelSum', 'label entropies'],
  ['marginUncertainty', '1 - margin'],
  // Those of users are theirs to name.
  ['myUncertainty', 'myUncertainty'],
  ['constructor', 'constructor'],
])('strategyWords(%j) is %j', (name, words) => expect(strategyWords(name)).toBe(words));
