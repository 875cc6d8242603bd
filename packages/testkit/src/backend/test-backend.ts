import { assertFunctions, assertOptions } from '@qualm/types';
import type { Backend } from '@qualm/types';
import type { ToyModels } from '../toys/toy-models.ts';
import { abortCases } from './abort-cases.ts';
import type { BackendSuite } from './backend-suite.ts';
import { concurrencyCases } from './concurrency-cases.ts';
import { disposeCases } from './dispose-cases.ts';
import { loadCases } from './load-cases.ts';
import { ownershipCases } from './ownership-cases.ts';
import { planCases } from './plan-cases.ts';
import { refusalCases } from './refusal-cases.ts';
import { runCases } from './run-cases.ts';
import { keptModel } from './kept-model.ts';
import type { ToyBench } from './toy-bench.ts';

/** Declares the tests that every `Backend` passes, in Vitest's current file.
 * @see Backend in `@qualm/types`, whose words they check
 * @example testBackend({ name: 'mine', vitest, createBackend, models: () => writeOnnxToys(folder) })
 */
export function testBackend(suite: BackendSuite): void {
  assertOptions('testBackend', suite, "{ name: 'mine', vitest, createBackend, models }", 'its suite');
  assertFunctions('testBackend', 'its suite', suite, ['createBackend', 'models'], 'functions createBackend and models');
  assertFunctions(
    'testBackend',
    'vitest',
    suite.vitest,
    ['describe', 'test', 'expect'],
    "import * as vitest from 'vitest'",
  );
  const { repeats = 32, offThread = true, vitest } = suite;
  let toys: ToyModels | undefined;
  let backend: Backend | undefined;
  const kept = keptModel((file) => backend!.load({ model: file }));
  const bench: ToyBench = {
    ...suite,
    repeats,
    offThread,
    toys: () => toys!,
    backend: () => backend!,
    withModel: kept.use,
  };
  vitest.describe(`${suite.name} is a Backend`, { timeout: 120_000 }, () => {
    vitest.beforeAll(async () => {
      toys = await suite.models();
      backend = suite.createBackend();
    });
    vitest.afterAll(kept.dispose);
    const running = [runCases, refusalCases, ownershipCases, concurrencyCases, planCases, abortCases];
    for (const group of [loadCases, ...running, disposeCases]) group(bench);
  });
}
