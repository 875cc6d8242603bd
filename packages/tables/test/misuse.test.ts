import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import * as tables from '../src/index.ts';

type Callable = (...args: unknown[]) => unknown;

const functions = Object.entries(tables).filter(([, value]) => typeof value === 'function') as [string, Callable][];
const table = aq.table({ image: ['a.jpg'], image_id: [1], scores: [[0.5, 0.25]], margin: [0.25] });
const model = { run: () => ({}), dispose: () => undefined };
const wrong: unknown[] = [undefined, null, 7, NaN, true, 'margin', [], {}, () => 1, Promise.resolve(1)];

/** Calls with wrong things in each place, right ones before it as far as there are any. */
const calls: unknown[][] = [
  [],
  ...wrong.map((value) => [value]),
  ...wrong.flatMap((value) => [
    [table, value],
    [table, 'margin', value],
    [table, model, value],
    [table, table, value],
    [table, { margin: value }],
    [table, { by: value, how: value, order: value }],
    [table, table, { by: value, how: value, order: 'ascending' }],
  ]),
];

async function failureOf(call: Callable, args: readonly unknown[]): Promise<unknown> {
  try {
    const result = await call(...args);
    const rows = result as AsyncGenerator | undefined;
    if (typeof rows?.next === 'function') await rows.next();
    return null;
  } catch (error) {
    return error;
  }
}

describe.each(functions)('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    for (const args of calls) {
      const error = await failureOf(call, args);
      const isTyped = error === null || QualmError.is(error) || error instanceof RangeError;
      expect(isTyped, `${name}(${args.map(String).join(', ')}): ${String(error)}`).toBe(true);
    }
  });
});

it.each<[string, () => unknown, string]>([
  [
    "score(boxes, 'margin')",
    () => tables.score(table, 'margin' as never),
    'score: its strategy is "margin"; expected a strategy or a function of scores, such as margin of @qualm/strategies: import { margin }',
  ],
  [
    'predict(table, a promise)',
    () => tables.predict(table, Promise.resolve(model) as never),
    'predict: its model is a promise; await it; expected what loadModel gives',
  ],
  [
    'rank(table)',
    () => tables.rank(table, undefined as never),
    'rank: its options is undefined; expected an object, such as',
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});
