import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { QualmError } from '@qualm/types';
import { rejection } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

/** What `load` gives, and what it throws. */
export function loadCases({ vitest, toys, backend, withModel }: ToyBench): void {
  const { afterAll, beforeAll, expect, test } = vitest;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'qualm-backend-'));
    await writeFile(path.join(folder, 'text'), 'this is not a model');
    await writeFile(path.join(folder, 'empty'), '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('load gives the inputs and outputs with names, dtypes and shapes', () =>
    withModel(toys().affine, async (model) => {
      expect(model.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: [null, 3] }]);
      expect(model.outputs).toEqual([{ name: 'y', dtype: 'float32', shape: [null, 2] }]);
    }));

  test('load says where the model runs and how many runs make progress at once', () =>
    withModel(toys().affine, async (model) => {
      expect(model.device).not.toBe('');
      expect(model.concurrency).toBeGreaterThanOrEqual(1);
      expect(model.warnings).toBeInstanceOf(Array);
    }));

  test('load(files) throws model-missing, naming the file, when it does not exist', async () => {
    const error = await rejection(backend().load({ model: path.join(folder, 'nowhere') }));
    expect(QualmError.is(error, 'model-missing'), String(error)).toBe(true);
    expect((error as Error).message).toContain('nowhere');
  });

  test.each(['text', 'empty'])('load(files) throws model-invalid, naming the file, for a %s file', async (name) => {
    const error = await rejection(backend().load({ model: path.join(folder, name) }));
    expect(QualmError.is(error, 'model-invalid'), String(error)).toBe(true);
    expect((error as Error).message).toContain(path.join(folder, name));
  });

  test('load(files, { signal }) throws aborted for a signal that was aborted before', async () => {
    const signal = AbortSignal.abort();
    const error = await rejection(backend().load({ model: toys().affine }, { signal }));
    expect(QualmError.is(error, 'aborted'), String(error)).toBe(true);
  });
}
