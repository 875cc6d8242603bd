import { assertFunctions, assertOptions } from '@qualm/types';
import type { HeadSpec, ModelSpec, OutputProblem, TensorMap, VectorHead, Vision } from '@qualm/types';
import { definitionCases } from './definition-cases.ts';
import { batched, changed, refusal } from './head-bench.ts';
import type { HeadSuite } from './head-suite.ts';

/** What a contract run needs to know of a head that makes vectors. */
export interface VectorHeadSuite extends Omit<HeadSuite, 'createHead' | 'numLabels'> {
  /** `createVectorHead` of `@qualm/vision`. */
  readonly createVectorHead: NonNullable<Vision['createVectorHead']>;
}

/** Declares the tests that every head passes that makes vectors, in Vitest's current file.
 * @see EmbeddingHead and VectorHead in `@qualm/types`, whose words they check
 * @example testVectorHead({ vitest, createVectorHead, head: mine, options: { type: 'mine', outputs }, size, outputs })
 */
export function testVectorHead(suite: VectorHeadSuite): void {
  const wanted = '{ vitest, createVectorHead, head, options, size, outputs }';
  assertOptions('testVectorHead', suite, wanted, 'its suite');
  assertFunctions('testVectorHead', 'its suite', suite, ['createVectorHead'], 'one of @qualm/vision');
  assertFunctions('testVectorHead', 'vitest', suite.vitest, ['describe', 'test'], "import * as vitest from 'vitest'");
  assertOptions('testVectorHead', suite.options, "{ type: 'mine', outputs: { embedding: 'y' } }", 'options');
  assertOptions('testVectorHead', suite.outputs, "{ y: createTensor('float32', [1, 8]) }", 'outputs');
  assertFunctions('testVectorHead', 'its head', suite.head, ['createReader'], 'a head: { type, kind, createReader }');
  const { vitest, head, options, size, outputs, createVectorHead } = suite;
  const { describe, expect, test } = vitest;
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const input: ModelSpec['input'] = {
    ...{ size, layout: 'nchw', dtype: 'float32', channels: 'rgb' },
    resize: { mode: 'stretch' },
  };
  const make = (own: HeadSpec = options): VectorHead =>
    createVectorHead({ head: own, input }, { heads: { [head.type]: head } });
  const vectorOf = (tensors: TensorMap): Float32Array => make().decode(tensors, [geometry])[0]!;

  describe(`${suite.name ?? head.type} is a head that makes vectors`, () => {
    definitionCases(suite, make);

    test('says that it makes vectors, and reads outputs that were given', () => {
      expect(head.kind).toBe('embedding');
      expect(make().outputs.length).toBeGreaterThan(0);
      expect(make().outputs.filter((name) => !Object.hasOwn(outputs, name))).toEqual([]);
    });

    test('decode gives one vector of finite numbers for each image, whatever is beside it', () => {
      const other = changed(outputs, (value) => 0.75 * value);
      const found = make().decode(batched([outputs, other, outputs]), [geometry, geometry, geometry]);
      expect(found).toEqual([vectorOf(outputs), vectorOf(other), vectorOf(outputs)]);
      expect(found[0]!.length).toBeGreaterThan(0);
      expect(found[0]!.every(Number.isFinite)).toBe(true);
    });

    test('decode leaves outputs as they were, and shares no memory with them', () => {
      const tensors = changed(outputs, (value) => value);
      const vector = vectorOf(tensors);
      expect(tensors).toEqual(changed(outputs, (value) => value));
      const copy = vector.slice();
      for (const { data } of Object.values(tensors)) (data as Float32Array).fill(0.25);
      expect(vector).toEqual(copy);
    });

    test('reports NaN and infinities of an image once, and of no other', () => {
      for (const value of [NaN, Infinity]) {
        const problems: (readonly [number, OutputProblem])[] = [];
        const wrong = batched([outputs, changed(outputs, () => value)]);
        make().decode(wrong, [geometry, geometry], (image, problem) => problems.push([image, problem]));
        expect(problems.map(([image, { isFatal }]) => [image, isFatal])).toEqual([[1, true]]);
      }
    });

    test('refuses outputs of which one is missing, or too small for the batch', () => {
      expect(refusal('shape-mismatch', () => make().decode({}, [geometry]))).toContain(make().outputs[0]);
      refusal('shape-mismatch', () => make().decode(outputs, [geometry, geometry]));
    });
  });
}
