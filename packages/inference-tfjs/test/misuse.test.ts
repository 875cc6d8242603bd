import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import { createTensor } from '@qualm/types';
import { checkFiles } from '../src/check-files.ts';
import { checkInputs } from '../src/check-tensors.ts';
import * as tfjs from '../src/index.ts';

const options = place({}, 'undefined', 'object');
const calls: Readonly<Record<string, readonly Place[]>> = { createTfjsBackend: [options] };

describe.each(functionsOf(tfjs))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it('load of wrong files or options throws RangeError or QualmError', async () => {
  expect(await misuses('load', checkFiles, [place({ model: 'model.json' }), place({}, 'object')])).toEqual([]);
  const model = (path: unknown, backendOptions: unknown): void =>
    checkFiles({ model: path, backendOptions } as never, {});
  expect(await misuses('model', model, [place('model.json', 'text'), options])).toEqual([]);
  await expect(tfjs.createTfjsBackend().load(null as never)).rejects.toThrow(
    'load: its files is null; wanted an object',
  );
});

it.each<[object, string]>([
  [{ runtime: 'gpu' }, 'createTfjsBackend: runtime is "gpu"; wanted one of auto, node-gpu, node, wasm, cpu'],
  [{ resolveFrom: 7 }, 'createTfjsBackend: resolveFrom is 7; wanted a folder: a path or a URL'],
])('createTfjsBackend refuses %o', (wrong, message) => {
  expect(() => tfjs.createTfjsBackend(wrong as never)).toThrow(message);
});

it('run of wrong inputs throws RangeError or QualmError', async () => {
  const run = (inputs: unknown): void => checkInputs(inputs as never, [{ name: 'x', dtype: 'float32', shape: [1] }]);
  expect(await misuses('run', run, [place({ x: createTensor('float32', [1]) })])).toEqual([]);
  const tensor = (x: unknown): void => run({ x });
  expect(await misuses('tensor', tensor, [place(createTensor('float32', [1]))])).toEqual([]);
});
