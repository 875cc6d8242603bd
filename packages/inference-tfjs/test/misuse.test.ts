import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as tfjs from '../src/index.ts';

const options = place({}, 'undefined', 'object');
const calls: Readonly<Record<string, readonly Place[]>> = { createTfjsBackend: [options] };

describe.each(functionsOf(tfjs))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it('load of wrong files or options throws RangeError or QualmError', async () => {
  const { load } = tfjs.createTfjsBackend();
  await expect(load(null as never)).rejects.toThrow('load: its files is null; expected an object');
  const model = (path: unknown, backendOptions?: unknown): unknown => load({ model: path, backendOptions } as never);
  expect(await misuses('model', model, [place('/dev/null/model.json', 'text'), options])).toEqual([]);
});

it.each<[object, string]>([
  [{ runtime: 'gpu' }, 'createTfjsBackend: runtime is "gpu"; expected one of auto, node-gpu, node, wasm, cpu'],
  [{ resolveFrom: 7 }, 'createTfjsBackend: resolveFrom is 7; expected a folder: a path or a URL'],
])('createTfjsBackend refuses %o', (wrong, message) => {
  expect(() => tfjs.createTfjsBackend(wrong as never)).toThrow(message);
});
