import { assertFunctions, assertOptions, wrongArgument } from '@qualm/types';
import { decodeCases } from './decode-cases.ts';
import { definitionCases } from './definition-cases.ts';
import { createBench } from './head-bench.ts';
import type { HeadSuite } from './head-suite.ts';
import { refusalCases } from './refusal-cases.ts';

/** Declares the tests that every head passes, in Vitest's current file.
 * @see HeadDefinition and Head in `@qualm/types`, whose words they check
 * @example testHead({ vitest, createHead, head: mine, options: { type: 'mine', outputs }, numLabels: 3, size, outputs })
 */
export function testHead(suite: HeadSuite): void {
  assertOptions('testHead', suite, '{ vitest, createHead, head, options, numLabels, size, outputs }', 'its suite');
  assertFunctions(
    'testHead',
    'its head',
    suite.head,
    ['createReader'],
    'a head: { type, schema, defaults, createReader }',
  );
  const { vitest, head, numLabels } = suite;
  assertFunctions('testHead', 'vitest', vitest, ['describe', 'test', 'expect'], "import * as vitest from 'vitest'");
  assertFunctions('testHead', 'its suite', suite, ['createHead'], 'one with createHead of @qualm/vision');
  assertOptions('testHead', suite.options, "{ type: 'mine', outputs: { scores: 'scores' } }", 'options');
  assertOptions('testHead', suite.outputs, "{ scores: createTensor('float32', [1, 8, 3]) }", 'outputs');
  if (!(Number.isInteger(numLabels) && numLabels > 1))
    throw wrongArgument('testHead', 'numLabels', numLabels, 'a whole number above 1');
  const bench = createBench(suite);
  vitest.describe(`${suite.name ?? head.type} is a head`, () => {
    definitionCases(bench, (options) => bench.make('detections', { options }));
    decodeCases(bench);
    refusalCases(bench);
  });
}
