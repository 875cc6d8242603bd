import { createTensor } from '@qualm/types';
import { toyAffine } from '../toys/toy-models.ts';
import { affineInput } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

/** Whose memory inputs and outputs are. */
export function ownershipCases({ vitest, toys, withModel }: ToyBench): void {
  const { expect, test } = vitest;

  test('run(inputs) leaves the inputs as they were, and usable', () =>
    withModel(toys().affine, async (model) => {
      const inputs = affineInput([1, 2, 3]);
      await model.run(inputs);
      await model.run(inputs);
      expect(inputs).toEqual(affineInput([1, 2, 3]));
    }));

  test('run(inputs) reads inputs in shared memory', () =>
    withModel(toys().affine, async (model) => {
      const data = new Float32Array(new SharedArrayBuffer(24));
      data.set([1, 2, 3, 4, 5, 6]);
      const { y } = await model.run({ x: createTensor('float32', [2, 3], data) });
      expect(y!.data).toEqual(toyAffine(data));
      expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
    }));

  test.each(['own', 'shared'])('run(inputs) reads a part of a larger buffer, %s', (memory) =>
    withModel(toys().affine, async (model) => {
      const buffer = memory === 'own' ? new ArrayBuffer(40) : new SharedArrayBuffer(40);
      const data = new Float32Array(buffer, 8, 3);
      data.set([3, 1, 2]);
      const { y } = await model.run({ x: createTensor('float32', [1, 3], data) });
      expect(y!.data).toEqual(toyAffine([3, 1, 2]));
    }),
  );

  test.each(['own', 'shared'])('outputs belong to the caller: later runs on %s memory do not change them', (memory) =>
    withModel(toys().identity.float32 ?? toys().affine, async (model) => {
      const length = model.inputs[0]!.shape.length === 1 ? [3] : [1, 3];
      const data = new Float32Array(memory === 'own' ? new ArrayBuffer(12) : new SharedArrayBuffer(12));
      const run = async (value: number): Promise<Float32Array> => {
        data.fill(value);
        const { y } = await model.run({ x: createTensor('float32', length, data) });
        return y!.data as Float32Array;
      };
      const first = await run(1);
      const kept = first.slice();
      const second = await run(2);
      expect(first).toEqual(kept);
      first.fill(-9);
      expect(second).not.toEqual(first);
      expect([...data]).toEqual([2, 2, 2]);
    }),
  );
}
