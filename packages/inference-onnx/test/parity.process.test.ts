import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createTensor, tensorSize } from '@qualm/types';
import { createOnnxBackend } from '../src/index.ts';

interface Summary {
  readonly shape: number[];
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly min: number;
  readonly max: number;
  readonly stride: number;
  readonly every: number[];
}

interface Case {
  readonly file: string;
  readonly input: string;
  readonly dtype: 'float32' | 'uint8';
  readonly shape: number[];
  readonly outputs: Record<string, Summary>;
}

const { cases } = JSON.parse(readFileSync(new URL('../fixtures/parity/parity.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};
const data = process.env['QUALM_TEST_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const models = path.join(data, 'models');
const absent = cases.some(({ file }) => !existsSync(path.join(models, file)));
if (absent) console.warn(`skipped: comparison with Python's onnxruntime; set QUALM_TEST_DATA to a folder with models/`);

describe.skipIf(absent)('the outputs of createOnnxBackend() equal those of onnxruntime in Python', () => {
  test.each(cases)('for $file', async ({ file, input, dtype, shape, outputs }) => {
    const model = await createOnnxBackend({ device: 'cpu', sessions: 1, threads: 1 }).load({
      model: path.join(models, file),
    });
    const bytes = fixedBytes(tensorSize(shape));
    const x =
      dtype === 'uint8'
        ? createTensor('uint8', shape, bytes)
        : createTensor('float32', shape, Float32Array.from(bytes));
    const results = await model.run({ [input]: x });
    await model.dispose();
    expect(Object.keys(results).sort()).toEqual(Object.keys(outputs).sort());
    for (const [name, wanted] of Object.entries(outputs)) {
      const values = Float64Array.from(results[name]!.data as Float32Array);
      const came = summary(values, wanted.stride);
      expect(results[name]!.shape).toEqual(wanted.shape);
      // Same library, same machine type: equal but for the order of sums on another CPU.
      for (const [i, value] of wanted.every.entries())
        expect(Math.abs(came.every[i]! - value)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
      for (const key of ['sum', 'sumOfSquares', 'min', 'max'] as const) {
        expect(Math.abs(came[key] - wanted[key])).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(wanted[key])));
      }
    }
  });
});

function fixedBytes(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

function summary(
  values: Float64Array,
  stride: number,
): Pick<Summary, 'sum' | 'sumOfSquares' | 'min' | 'max' | 'every'> {
  let [sum, sumOfSquares, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    sumOfSquares += value * value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { sum, sumOfSquares, min, max, every: [...values].filter((_, i) => i % stride === 0) };
}
