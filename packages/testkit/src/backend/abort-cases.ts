import { QualmError } from '@qualm/types';
import { toyAffine, toySlow } from '../toys/toy-models.ts';
import { affineInput, rejection, slowInput, turn } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

/** A run that is not wanted any more: before, while waiting, and while it computes. */
export function abortCases({ vitest, toys, withModel, repeats, offThread }: ToyBench): void {
  const { expect, test } = vitest;

  test('run(inputs, { signal }) throws aborted for a signal that was aborted before', () =>
    withModel(toys().affine, async (model) => {
      const reason = new Error('no longer wanted');
      const error = await rejection(model.run(affineInput([1, 2, 3]), { signal: AbortSignal.abort(reason) }));
      expect(QualmError.is(error, 'aborted'), String(error)).toBe(true);
      expect((error as Error).cause).toBe(reason);
      expect((await model.run(affineInput([1, 2, 3])))['y']!.data).toEqual(toyAffine([1, 2, 3]));
    }));

  test('a run that waits its turn ends at once when it is aborted; the others go on', () =>
    withModel(toys().slow, async (model) => {
      const controller = new AbortController();
      const others = Array.from({ length: model.concurrency * 3 }, (_, i) => model.run(slowInput(i)));
      const waiting = rejection(model.run(slowInput(), { signal: controller.signal }));
      controller.abort();
      expect(QualmError.is(await waiting, 'aborted')).toBe(true);
      const answers = await Promise.all(others);
      const wanted = answers.map((_, i) => toySlow(slowInput(i)['x']!.data as Float32Array, repeats));
      expect(answers.map(({ y }) => y!.data)).toEqual(wanted);
    }));

  test.runIf(offThread)('a run that computes ends at once when it is aborted, and the next run is right', () =>
    withModel(toys().slow, async (model) => {
      const controller = new AbortController();
      const ended: unknown[] = [];
      const runs = Array.from({ length: model.concurrency }, () => model.run(slowInput(), controller));
      for (const run of runs) void rejection(run).then((error) => ended.push(error));
      for (let turns = 0; turns < 10; turns++) await turn();
      const answered = ended.length;
      controller.abort();
      for (let turns = 0; turns < 3; turns++) await turn();
      expect(ended).toHaveLength(runs.length);
      for (const error of ended.slice(answered)) expect(QualmError.is(error, 'aborted'), String(error)).toBe(true);
      const { y } = await model.run(slowInput(5));
      expect(y!.data).toEqual(toySlow(slowInput(5)['x']!.data as Float32Array, repeats));
    }),
  );

  test('a signal that is aborted after the run changes nothing', () =>
    withModel(toys().affine, async (model) => {
      const controller = new AbortController();
      const { y } = await model.run(affineInput([1, 1, 1]), { signal: controller.signal });
      controller.abort();
      expect(y!.data).toEqual(toyAffine([1, 1, 1]));
    }));
}
