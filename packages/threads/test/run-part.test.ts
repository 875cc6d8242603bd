import { describe, expect, test } from 'vitest';
import type { ThreadPart } from '@qualm/types';
import { numbers, outcome } from './pool.ts';

interface Sum {
  readonly bytes: Uint8Array;
  readonly opened: number;
}

const part = (data: string, file = 'sum-part.mjs'): ThreadPart => ({
  module: new URL(file, import.meta.url).href,
  data,
});

describe('pool.runPart(part, request)', () => {
  test('has the part answer, which asks the service of its thread', async () => {
    const pool = await numbers();
    const { bytes } = await pool.runPart<number[], Sum>(part('100'), [1, 2, 3]);
    expect([...bytes]).toEqual([106]);
  });

  test('opens a part once for each text, and requests to the service go between', async () => {
    const pool = await numbers();
    const answers = await Promise.all([
      pool.runPart<number[], Sum>(part('0'), [1]),
      pool.run({ id: 5 }),
      pool.runPart<number[], Sum>(part('0'), [2]),
      pool.runPart<number[], Sum>(part('10'), [3]),
    ]);
    const [first, told, second, third] = answers;
    expect(told.id).toBe(5);
    expect([first, second, third].map(({ bytes, opened }) => [bytes[0], opened])).toEqual([
      [1, 1],
      [2, 1],
      [13, 2],
    ]);
  });

  test.each([
    ['a part that throws', part('0'), [], 'shape-mismatch', 'sum: of nothing'],
    ['a part that cannot be opened', part('broken'), [1], 'spec-invalid', 'sum: nothing to add to'],
    ['a module that is not there', part('0', 'nowhere.mjs'), [1], 'predict-failed', 'nowhere.mjs'],
  ])('throws what goes wrong: %s, each time, and the thread goes on', async (_, wrong, request, code, message) => {
    const pool = await numbers();
    for (let time = 0; time < 2; time++) {
      const answer = pool.runPart(wrong, request);
      expect(await outcome(answer)).toBe(code);
      await expect(answer).rejects.toThrow(message);
    }
    expect((await pool.run({ id: 1 })).id).toBe(1);
  });

  test('throws aborted at once', async () => {
    const pool = await numbers();
    const controller = new AbortController();
    const answer = pool.runPart(part('0'), [1], { signal: controller.signal });
    controller.abort();
    expect(await outcome(answer)).toBe('aborted');
  });

  test('refuses once disposed of', async () => {
    const pool = await numbers();
    await pool.dispose();
    expect(await outcome(pool.runPart(part('0'), [1]))).toBe('predict-failed');
  });
});
