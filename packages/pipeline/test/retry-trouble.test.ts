import { describe, expect, it } from 'vitest';
import { Image } from '@qualm/types';
import type { Prediction, RowError } from '@qualm/types';
import type { BatchPredictor } from '../src/batch-predictor.ts';
import { retryingTrouble } from '../src/retry-trouble.ts';
import { createTroubleGuard } from '../src/trouble-guard.ts';

const { signal } = new AbortController();
const trouble: RowError = { code: 'machine-trouble', message: 'no memory' };
const broken: RowError = { code: 'image-invalid', message: 'broken' };
const missing: RowError = { code: 'image-missing', message: 'not there' };

function row(index: number, error: RowError | null = null): Prediction<object> {
  return { index, image_id: index, image: Image.fromUri('a.jpg'), size: null, detections: error ? null : {}, error };
}

/** A predictor whose images fail so often, with this error; and the sizes of the batches that it
 * was given.
 */
function failing(times: Record<number, number>, error: RowError): { predict: BatchPredictor<object>; sizes: number[] } {
  const left = { ...times };
  const sizes: number[] = [];
  const predict: BatchPredictor<object> = async (batch) => {
    sizes.push(batch.length);
    return batch.map(({ index }) => ((left[index] ?? 0) > 0 ? (left[index]!--, row(index, error)) : row(index)));
  };
  return { predict, sizes };
}

const batch = [0, 1, 2].map((index) => ({ index, record: { image_id: index, image: Image.fromUri('a.jpg') } }));

describe('retryingTrouble', () => {
  it('tries again, alone, what failed by no fault of its own', async () => {
    const { predict, sizes } = failing({ 1: 2 }, trouble);
    const rows = await retryingTrouble(predict, [0, 0, 0])(batch, signal);
    expect(rows.map(({ error }) => error)).toEqual([null, null, null]);
    expect(sizes).toEqual([3, 1, 1]);
  });

  it('gives up after so many attempts, and leaves the others', async () => {
    const { predict, sizes } = failing({ 0: 9, 2: 1 }, trouble);
    const rows = await retryingTrouble(predict, [0, 0])(batch, signal);
    expect(rows.map(({ error }) => error)).toEqual([trouble, null, null]);
    expect(sizes).toEqual([3, 1, 1, 1]);
  });

  it('tries no broken image again', async () => {
    const { predict, sizes } = failing({ 1: 1 }, broken);
    expect((await retryingTrouble(predict, [0])(batch, signal))[1]!.error).toBe(broken);
    expect(sizes).toEqual([3]);
  });

  it('takes a missing file for trouble where it was there when the run began', async () => {
    const { predict } = failing({ 0: 1, 1: 9, 2: 9 }, missing);
    const rows = await retryingTrouble(predict, [0], (index) => index < 2)(batch, signal);
    expect(rows.map(({ error }) => error?.code ?? null)).toEqual([null, 'machine-trouble', 'image-missing']);
    expect(rows[1]!.error!.message).toBe('not there; it was there when the run began: is its drive still there?');
  });
});

describe('createTroubleGuard', () => {
  const asStored = (row: Prediction<object>): Prediction => row as Prediction;
  const passAll = (errors: readonly (RowError | null)[], mayAllFail = false): number[] => {
    const guard = createTroubleGuard('predict', mayAllFail);
    const rows = errors.flatMap((error, index) => guard.pass(asStored(row(index, error))));
    return [...rows, ...guard.end()].map(({ index }) => index);
  };

  it('passes all rows, in order', () => {
    const errors = [broken, trouble, null, trouble, trouble, broken, null, trouble];
    expect(passAll(errors)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('ends a run at the twentieth image in a row, and stores none of them', () => {
    const guard = createTroubleGuard('predict', false);
    expect(guard.pass(asStored(row(0)))).toHaveLength(1);
    for (let index = 1; index < 20; index++) expect(guard.pass(asStored(row(index, trouble)))).toEqual([]);
    expect(() => guard.pass(asStored(row(20, trouble)))).toThrow(
      '20 images in a row failed because of this machine, not of the images, and none of them is stored; the first is 1: no memory; fix that',
    );
  });

  it('ends a run of which all images failed', () => {
    expect(() => passAll([broken, missing])).toThrow(
      'all 2 images failed, and nothing is stored; the first is 0: broken',
    );
    expect(passAll([broken, missing], true)).toEqual([0, 1]);
    expect(passAll([])).toEqual([]);
  });
});

it('an image that came with its error is not tried again', async () => {
  const { predict, sizes } = failing({ 0: 9, 1: 9, 2: 9 }, trouble);
  const known = batch.map(({ index, record }) => ({ index, record: { ...record, error: trouble } }));
  await retryingTrouble(predict, [0, 0, 0])(known, signal);
  expect(sizes).toEqual([3]);
});

it('20 in a row that are denied access end a run, and say so', () => {
  const guard = createTroubleGuard('predict', true);
  const denied: RowError = { code: 'access-denied', message: 'S3 says ExpiredToken' };
  for (let index = 0; index < 19; index++) expect(guard.pass(row(index, denied))).toEqual([]);
  expect(() => guard.pass(row(19, denied))).toThrow(
    expect.objectContaining({
      code: 'access-denied',
      message: expect.stringMatching(/for want of access.*Expired/) as string,
    }) as Error,
  );
});
