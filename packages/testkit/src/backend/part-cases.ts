import { QualmError } from '@qualm/types';
import type { ThreadPart } from '@qualm/types';
import { toyAffine } from '../toys/toy-models.ts';
import { affineInput, rejection } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

const module = new URL('../../dist/backend/affine-part.js', import.meta.url).href;

/** Parts of the caller's in the threads of sessions, where a model takes them. */
export function partCases({ vitest, toys, withModel }: ToyBench): void {
  const { expect, test } = vitest;
  const part = (data: string): ThreadPart => ({ module, data });

  test('runPart(part, request), where there is one, gives what the part makes of the session', () =>
    withModel(toys().affine, async ({ runPart, run }) => {
      const rows = Array.from({ length: 8 }, (_, i) => [i, 2 * i, -i]);
      const answers = runPart
        ? await Promise.all(rows.map((row) => runPart<number[], Float32Array>(part('100'), row)))
        : await Promise.all(rows.map(async (row) => (await run(affineInput(row)))['y']!.data as Float32Array));
      const more = runPart ? 100 : 0;
      expect(answers).toEqual(rows.map((row) => toyAffine(row).map((value) => value + more)));
    }));

  test('runPart(part, request) throws what the part throws, and the next run is right', () =>
    withModel(toys().affine, async ({ runPart, run }) => {
      const error = runPart ? await rejection(runPart(part('0'), [])) : new QualmError('shape-mismatch', 'none');
      expect(QualmError.is(error, 'shape-mismatch'), String(error)).toBe(true);
      expect((await run(affineInput([1, 2, 3])))['y']!.data).toEqual(toyAffine([1, 2, 3]));
    }));
}
