import { assertFunctions, assertOptions } from '@qualm/types';
import { rowCases } from './row-cases.ts';
import { sampleVectors } from './sample-vectors.ts';
import { scoreCases } from './score-cases.ts';
import type { StrategySuite } from './strategy-suite.ts';

/** Declares the tests that every `Strategy` passes, in Vitest's current file. The vectors are the
 * same in every run.
 * @see Strategy in `@qualm/types`, whose words they check
 * @example testStrategy({ vitest, strategy: createStrategy('doubt', 'descending', (scores) => 1 - Math.max(...Array.from(scores))) })
 */
export function testStrategy(suite: StrategySuite): void {
  assertOptions('testStrategy', suite, '{ vitest, strategy }', 'its suite');
  assertFunctions('testStrategy', 'its strategy', suite.strategy, ['score'], 'what createStrategy makes');
  assertFunctions(
    'testStrategy',
    'vitest',
    suite.vitest,
    ['describe', 'test', 'expect'],
    "import * as vitest from 'vitest'",
  );
  const { strategy, vitest, numClasses = [1, 2, 3, 10] } = suite;
  const { input = 'scores', symmetric = true, tolerance = 1e-9 } = suite;
  const samples = numClasses.map((length) => ({ numClasses: length, vectors: sampleVectors(length, input) }));
  const bench = { ...suite, input, symmetric, tolerance, samples };
  vitest.describe(`${suite.name ?? strategy.name} is a Strategy`, () => {
    scoreCases(bench);
    if (strategy.scoreRows) rowCases(bench);
  });
}
