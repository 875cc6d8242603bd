import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as onnx from '../src/index.ts';

const options = place({}, 'undefined', 'object');
const calls: Readonly<Record<string, readonly Place[]>> = { createOnnxBackend: [options] };

describe.each(functionsOf(onnx))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it('load of wrong files or options throws RangeError or QualmError', async () => {
  const { load } = onnx.createOnnxBackend();
  expect(await misuses('load', load, [place({ model: '/dev/null/a.onnx' }), options])).toEqual([]);
  const model = (path: unknown, options?: unknown): unknown => load({ model: path, backendOptions: options } as never);
  expect(await misuses('model', model, [place('/dev/null/a.onnx', 'text'), options])).toEqual([]);
});

it.each<[object, string]>([
  [
    { device: 'gpu' },
    'createOnnxBackend: device is "gpu"; expected one of auto, cuda, tensorrt, webgpu, coreml, dml, cpu',
  ],
  [{ graphOptimization: 'most' }, 'createOnnxBackend: graphOptimization is "most"; expected one of disabled, basic'],
  [{ deviceId: -1 }, 'createOnnxBackend: deviceId is -1; expected a whole number from 0'],
  [{ runtime: 7 }, "createOnnxBackend: runtime is 7; expected a module, such as 'onnxruntime-node'"],
])('createOnnxBackend refuses %o', (wrong, message) => {
  expect(() => onnx.createOnnxBackend(wrong as never)).toThrow(message);
});
