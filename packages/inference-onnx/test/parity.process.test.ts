import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createTensor, tensorSize } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
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
  /** By the instructions of the CPU that they were made on: those of 8 bits round otherwise. */
  readonly outputs: Readonly<Record<string, Record<string, Summary>>>;
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
    const differences = Object.values(outputs).map((wanted) => differencesOf(results, wanted));
    const [least] = differences.sort((a, b) => a.length - b.length);
    expect(least).toEqual([]);
  });
});

/** Where results are not those of Python, but for the order of sums on another CPU. */
function differencesOf(results: TensorMap, outputs: Record<string, Summary>): string[] {
  const names = Object.keys(results).sort();
  if (names.join() !== Object.keys(outputs).sort().join()) return [`outputs ${names.join()}`];
  return Object.entries(outputs).flatMap(([name, wanted]) => {
    const { shape, data } = results[name]!;
    const came = summary(Float64Array.from(data as Float32Array), wanted.stride);
    const pairs: [what: string, came: number, wanted: number][] = [
      ...wanted.every.map((value, i): [string, number, number] => [`number ${i}`, came.every[i]!, value]),
      ...(['sum', 'sumOfSquares', 'min', 'max'] as const).map((key): [string, number, number] => {
        return [key, came[key], wanted[key]];
      }),
    ];
    const wrong = pairs.filter(([, a, b]) => !(Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b))));
    const words = wrong.map(([what, a, b]) => `${name}: ${what} is ${a}, in Python ${b}`);
    return shape.join() === wanted.shape.join() ? words : [`${name}: [${shape}]`, ...words];
  });
}

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
