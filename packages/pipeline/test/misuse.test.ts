import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import * as pipeline from '../src/index.ts';

type Callable = (...args: unknown[]) => unknown;

const functions = Object.entries(pipeline).filter(([, value]) => typeof value === 'function') as [string, Callable][];
const model = { run: () => ({}), dispose: () => undefined };
const wrong: unknown[] = [undefined, null, 7, NaN, true, 'margin', [], {}, () => 1, Promise.resolve(1)];

/** Calls with wrong things in each place, right ones before it as far as there are any. */
const calls: unknown[][] = [
  [],
  ...wrong.map((value) => [value]),
  ...wrong.flatMap((value) => [
    [['a.jpg'], value],
    [['a.jpg'], model, value],
    ['spec.json', value],
    [{ spec: {}, root: '.' }, value],
    [
      { spec: value, root: value },
      { backends: value, vision: value },
    ],
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
    "loadModel('path')",
    () => pipeline.loadModel('yolo.json' as never, {} as never),
    `loadModel: its model is "yolo.json"; expected what readModelSpec gives: await readModelSpec('model.json')`,
  ],
  [
    'predictStream(images, a promise)',
    () => Promise.resolve().then(() => pipeline.predictStream([], Promise.resolve(model) as never)),
    'predictStream: its model is a promise; await it; expected what loadModel gives',
  ],
  [
    'embedStream(images, model, { output: 7 })',
    () => Promise.resolve().then(() => pipeline.embedStream([], model as never, { output: 7 as never })),
    'embedStream: output is 7; expected',
  ],
  [
    "predictStream('photos', model)",
    () => Promise.resolve().then(() => pipeline.predictStream('photos' as never, model as never)),
    'predictStream: its images is "photos"; expected a list or source of images',
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});
