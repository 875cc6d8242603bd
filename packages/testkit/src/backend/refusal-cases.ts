import { createTensor, QualmError } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { affineInput, rejection } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

const x = createTensor('float32', [1, 3]);

const wrong: readonly { claim: string; inputs: TensorMap; said: readonly string[] }[] = [
  { claim: 'a wrong name', inputs: { z: x }, said: ['"z"', '"x"'] },
  { claim: 'no input at all', inputs: {}, said: ['"x"'] },
  { claim: 'an input too many', inputs: { x, z: x }, said: ['"z"', '"x"'] },
  { claim: 'a wrong dtype', inputs: { x: createTensor('int32', [1, 3]) }, said: ['"x"', 'int32', 'float32'] },
  { claim: 'a wrong size', inputs: { x: createTensor('float32', [1, 4]) }, said: ['"x"', '[1,4]', '3]'] },
  { claim: 'a wrong rank', inputs: { x: createTensor('float32', [3]) }, said: ['"x"', '[3]', '3]'] },
  { claim: 'too little data', inputs: { x: { ...x, data: new Float32Array(2) } }, said: ['"x"', '2', '3'] },
];

/** What `run` refuses, and that it goes on afterwards. */
export function refusalCases({ vitest, toys, withModel }: ToyBench): void {
  const { expect, test } = vitest;

  test.each(wrong)('run(inputs) throws shape-mismatch, saying what came and what was wanted, for $claim', (row) =>
    withModel(toys().affine, async (model) => {
      const error = await rejection(model.run(row.inputs));
      expect(QualmError.is(error, 'shape-mismatch'), String(error)).toBe(true);
      for (const words of row.said) expect((error as Error).message).toContain(words);
    }),
  );

  test('run(inputs, { outputs }) throws shape-mismatch for an output that the model does not have', () =>
    withModel(toys().affine, async (model) => {
      const error = await rejection(model.run({ x }, { outputs: ['q'] }));
      expect(QualmError.is(error, 'shape-mismatch'), String(error)).toBe(true);
      for (const words of ['"q"', '"y"']) expect((error as Error).message).toContain(words);
    }));

  test('run(inputs) throws predict-failed when the runtime fails, and the next run works', () =>
    withModel(toys().failing, async (model) => {
      const error = await rejection(model.run({ x: createTensor('float32', [4]) }));
      expect(QualmError.is(error, 'predict-failed'), String(error)).toBe(true);
      const { y } = await model.run({ x: createTensor('float32', [6], Float32Array.of(1, 2, 3, 4, 5, 6)) });
      expect(y).toEqual(createTensor('float32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)));
    }));

  test('run(inputs) works after a refusal', () =>
    withModel(toys().affine, async (model) => {
      await rejection(model.run({}));
      expect([...(await model.run(affineInput([0, 0, 0])))['y']!.data]).toEqual([0.5, -1]);
    }));
}
