import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import { createTensor } from '@qualm/types';
import { checkRun } from '../src/check-run.ts';
import * as threads from '../src/index.ts';

const pool = { entry: new URL('./numbers.mjs', import.meta.url), name: 'numbers', threads: 1 };
const plan = { name: 'doubling', module: 'file:///not-here/session.js', options: {} };
const calls: Readonly<Record<string, readonly Place[]>> = {
  createExitGuard: [place({}, 'undefined', 'object')],
  createSessionBackend: [place('doubling', 'text'), place(() => Promise.resolve(plan), 'function')],
  createSessionPool: [place(plan), place({}, 'undefined', 'object')],
  createThreadPool: [place(pool)],
  packTensors: [place({ x: createTensor('float32', [1]) }, 'object')],
  serveSession: [place(() => Promise.reject(new Error('never called')), 'function')],
  serveSessionWith: [place(() => () => Promise.reject(new Error('never called')))],
  serveThread: [place(() => Promise.reject(new Error('never called')))],
};

describe.each(functionsOf(threads))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[string, object, string]>([
  ['threads: "2"', { threads: '2' }, 'createThreadPool: threads is 2, expected a whole number of 1 or more'],
  ['a path as its entry', { entry: './worker.js' }, 'createThreadPool: entry is "./worker.js"; expected a URL'],
  ['no name', { name: undefined }, "createThreadPool: name is undefined; expected a text, such as 'square'"],
  ['workerData that is not a function', { workerData: 7 }, 'createThreadPool: workerData is 7; expected a function'],
])('createThreadPool refuses %s', async (_, wrong, message) => {
  await expect(threads.createThreadPool({ ...pool, ...wrong } as never)).rejects.toThrow(message);
});

it('run of wrong inputs throws RangeError or QualmError', async () => {
  const run = (inputs: unknown, outputs: unknown): void =>
    checkRun([{ name: 'x', dtype: 'float32', shape: [1] }], inputs as never, outputs as never);
  const inputs = place({ x: createTensor('float32', [1]) });
  expect(await misuses('run', run, [inputs, place([], 'array')])).toEqual([]);
  const tensor = (x: unknown): void => run({ x }, []);
  expect(await misuses('tensor', tensor, [place(createTensor('float32', [1]))])).toEqual([]);
});

it('load of wrong files or options throws RangeError or QualmError', async () => {
  const { load, planSessions } = threads.createSessionBackend('doubling', () => Promise.resolve(plan));
  const files = place({ model: '/dev/null/a.onnx' });
  expect(await misuses('load', load, [files, place({}, 'undefined', 'object')])).toEqual([]);
  expect(await misuses('planSessions', planSessions, [files])).toEqual([]);
});
