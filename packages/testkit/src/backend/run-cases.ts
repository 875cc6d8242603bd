import { createTensor, tensorStorage } from '@qualm/types';
import type { DType, Tensor } from '@qualm/types';
import { toyAffine } from '../toys/toy-models.ts';
import { affineInput } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

const a = createTensor('float32', [1, 2], Float32Array.of(5, 7));
const b = createTensor('float32', [1, 2], Float32Array.of(1, 10));

/** What `run` gives. */
export function runCases({ vitest, toys, withModel }: ToyBench): void {
  const { expect, test } = vitest;

  test.each([1, 2, 7])('run(inputs) computes a batch of %i', (batch) =>
    withModel(toys().affine, async (model) => {
      const x = Array.from({ length: 3 * batch }, (_, i) => i);
      expect(await model.run(affineInput(x))).toEqual({ y: createTensor('float32', [batch, 2], toyAffine(x)) });
    }),
  );

  test('run(inputs) tells inputs and outputs apart by name', () =>
    withModel(toys().pair, async (model) => {
      expect(await model.run({ b, a })).toEqual({
        sum: createTensor('float32', [1, 2], Float32Array.of(6, 17)),
        difference: createTensor('float32', [1, 2], Float32Array.of(4, -3)),
      });
    }));

  test('run(inputs, { outputs }) gives only the outputs that are named', () =>
    withModel(toys().pair, async (model) => {
      const outputs = await model.run({ a, b }, { outputs: ['difference'] });
      expect(Object.keys(outputs)).toEqual(['difference']);
      expect([...outputs['difference']!.data]).toEqual([4, -3]);
    }));

  test('run(inputs) carries every dtype of the runtime through, bit by bit', async () => {
    for (const [dtype, file] of Object.entries(toys().identity) as [DType, string][]) {
      await withModel(file, async (model) => {
        const x = sample(dtype);
        expect(model.inputs[0]!.dtype).toBe(dtype);
        expect((await model.run({ x }))['y'], dtype).toEqual(x);
      });
    }
  });
}

function sample(dtype: DType): Tensor {
  const data = new tensorStorage[dtype](4);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data.set([0n, 1n, 2n ** 53n + 1n, 100n]);
  else if (dtype === 'float16')
    data.set([0x0000, 0x3c00, 0xc000, 0x7bff]); // 0, 1, -2, 65504
  else data.set(dtype === 'bool' ? [0, 1, 1, 0] : [0, 1, 100, 127]);
  return createTensor(dtype, [4], data);
}
