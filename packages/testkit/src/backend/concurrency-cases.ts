import { createTensor } from '@qualm/types';
import { toyAffine, toySlow } from '../toys/toy-models.ts';
import { affineInput, slowInput, turn } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

/** Many runs at once, and what they leave the caller's thread. */
export function concurrencyCases({ vitest, toys, withModel, repeats, offThread }: ToyBench): void {
  const { expect, test } = vitest;

  test('200 runs at once each get their own answer', () =>
    withModel(toys().affine, async (model) => {
      const inputs = Array.from({ length: 200 }, (_, i) =>
        Array.from({ length: 3 * (1 + (i % 5)) }, (_, j) => 7 * i + j),
      );
      const answers = await Promise.all(inputs.map((x) => model.run(affineInput(x))));
      expect(answers.map(({ y }) => y!.data)).toEqual(inputs.map((x) => toyAffine(x)));
    }));

  test('two models at once do not mix', () =>
    withModel(toys().affine, (affine) =>
      withModel(toys().pair, async (pair) => {
        const a = createTensor('float32', [1, 2], Float32Array.of(1, 2));
        const runs = Array.from(
          { length: 20 },
          (_, i) => [affine.run(affineInput([i, i, i])), pair.run({ a, b: a })] as const,
        );
        for (const [i, [one, two]] of runs.entries()) {
          expect((await one)['y']!.data).toEqual(toyAffine([i, i, i]));
          expect([...(await two)['sum']!.data]).toEqual([2, 4]);
        }
      }),
    ));

  test.runIf(offThread)('the event loop of the caller stays free while the model computes', () =>
    withModel(toys().slow, async (model) => {
      const turns: number[] = [];
      for (let runs = 0; runs < 5; runs++) {
        let [answered, turned] = [false, 0];
        const run = model.run(slowInput(1)).finally(() => (answered = true));
        for (; !answered; turned++) await turn();
        turns.push(turned);
        expect((await run)['y']!.data).toEqual(toySlow(slowInput(1)['x']!.data as Float32Array, repeats));
      }
      expect(Math.max(...turns)).toBeGreaterThan(20);
    }),
  );
}
