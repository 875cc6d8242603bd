import * as vitest from 'vitest';
import { createStrategy } from '@qualm/strategies';
import { testStrategy } from '@qualm/testkit';

const largest = (scores: ArrayLike<number>) => (scores.length > 0 ? Math.max(...Array.from(scores)) : NaN);
testStrategy({ vitest, strategy: createStrategy('doubt', 'descending', (scores) => 1 - largest(scores)) });
