import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Image, QualmError } from '@qualm/types';
import type { ImageRecord, Prediction, TensorMap } from '@qualm/types';
import * as sources from '@qualm/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictStream, type ImageModel, type PredictStreamOptions, type Progress } from '../src/index.ts';
import { builtVision, encodeHiddenSize, loadToy, solid, toyScores, toySpec, writeToy } from './toy-model.ts';

const colours = Array.from({ length: 12 }, (_, i) => [20 * i, 255 - 20 * i, 7 * i] as const);
const broken = Image.fromBytes(new TextEncoder().encode('no image'));
let model: ImageModel<'class_scores'>;
let fixed: ImageModel<'class_scores'>;
let images: Image[];

beforeAll(async () => {
  [model, fixed] = await Promise.all([writeToy().then((toy) => loadToy(toy)), writeToy(5).then((toy) => loadToy(toy))]);
  images = colours.map((colour) => solid(...colour));
});
afterAll(() => Promise.all([model.dispose(), fixed.dispose()]));

async function rowsOf(
  input: Parameters<typeof predictStream>[0],
  options: PredictStreamOptions = {},
  by = model,
): Promise<Prediction[]> {
  const rows: Prediction[] = [];
  for await (const row of predictStream(input, by, options)) rows.push(row);
  return rows;
}

/** The scores of a row in the order of the labels. */
function scoresOf({ detections }: Prediction): number[] {
  if (detections?.form !== 'class_scores') throw new Error('no class scores');
  const { scores, label_ids: ids } = detections.at(0)!;
  return [1, 2, 3].map((id) => scores[ids.indexOf(id)]!);
}

function expectColours(rows: readonly Prediction[]): void {
  expect(rows.map(({ index }) => index)).toEqual(colours.map((_, i) => i));
  for (const row of rows) {
    toyScores(...colours[row.index]!).forEach((score, i) => expect(scoresOf(row)[i]).toBeCloseTo(score, 5));
  }
}

describe('predictStream(images, model) gives what the model says of each image', () => {
  it.each([1, 2, 5, 100])('in batches of %i', async (batchSize) => {
    expectColours(await rowsOf(images, { batchSize }));
  });

  it('in batches that the model fixed, the last one padded', async () => {
    expect(fixed.batch).toBe(5);
    expectColours(await rowsOf(images, {}, fixed));
  });

  it.each([
    ['cpu', [5, 5, 2]],
    ['cuda', [5, 5, 5]],
  ] as const)('on %s in runs of %j images, where every new shape costs seconds on CUDA', async (device, sizes) => {
    const seen: number[] = [];
    const run: typeof model.run = (inputs, options) => {
      seen.push(inputs[model.inputName]!.shape[0]!);
      return model.run(inputs, options);
    };
    expectColours(await rowsOf(images, { batchSize: 5 }, { ...model, device, run }));
    expect(seen.sort((a, b) => b - a)).toEqual(sizes);
  });

  it('as completed, each once', async () => {
    const rows = await rowsOf(images, { order: 'completed' });
    expectColours(rows.sort((a, b) => a.index - b.index));
  });

  it('of an async iterable, with one batch in flight', async () => {
    async function* slowly(): AsyncGenerator<Image> {
      for (const image of images) yield sleep(1, image);
    }
    expectColours(await rowsOf(slowly(), { inFlight: 1 }));
  });

  it('of nothing: nothing', async () => {
    expect(await rowsOf([])).toEqual([]);
  });
});

it('rows carry the id, the image and its size', async () => {
  const record: ImageRecord = { image_id: 'seven', image: images[7]! };
  const [bytes, named] = await rowsOf([images[0]!, record]);
  expect(bytes).toMatchObject({ index: 0, image_id: 0, size: { width: 20, height: 10 }, error: null });
  expect(named).toMatchObject({ index: 1, image_id: 'seven', image: images[7] });
  expect([...named!.detections!.at(0)!.box]).toEqual([0, 0, 20, 10]);
});

describe('one bad image is a row with an error', () => {
  it.each([1, 5])('and the others are what they are, in batches of %i', async (batchSize) => {
    const spoilt = [...images.slice(0, 3), broken, ...images.slice(3), '/nowhere/a.jpg'];
    const progress: Progress[] = [];
    const rows = await rowsOf(
      spoilt,
      { batchSize, onProgress: (at) => progress.push(at) },
      batchSize === 5 ? fixed : model,
    );
    expect(rows[3]).toMatchObject({ index: 3, size: null, detections: null, error: { code: 'image-invalid' } });
    expect(rows[13]).toMatchObject({ index: 13, image_id: '/nowhere/a.jpg', error: { code: 'image-missing' } });
    expectColours(rows.filter(({ error }) => !error).map((row, index) => ({ ...row, index })));
    expect(progress.at(-1)).toEqual({ done: 14, failed: 2, total: null });
  });

  it('also where the source knows it before', async () => {
    const error = { code: 'path-outside', message: 'leaves its folder' } as const;
    const [row] = await rowsOf([{ image_id: 1, image: images[0]!, error }]);
    expect(row).toMatchObject({ size: null, detections: null, error });
  });
});

describe('a run that fails', () => {
  const failing = (error: Error): ImageModel<'class_scores'> => {
    let runs = 0;
    return { ...model, run: (...args) => (++runs === 3 ? Promise.reject(error) : model.run(...args)) };
  };

  it('makes its images rows with predict-failed, and no others', async () => {
    const rows = await rowsOf(images, {}, failing(new QualmError('predict-failed', 'out of memory')));
    expect(rows.filter(({ error }) => error)).toMatchObject([
      { error: { code: 'predict-failed', message: 'out of memory' } },
    ]);
    const foreign = await rowsOf(images, {}, failing(new Error('odd')));
    expect(foreign.filter(({ error }) => error)).toMatchObject([{ error: { code: 'predict-failed', message: 'odd' } }]);
  });

  it('of several images where the export hid that it takes one says so in their rows', async () => {
    const toy = await writeToy();
    await writeFile(join(toy.root, toySpec.files.model), encodeHiddenSize());
    for (const vision of [await builtVision(), sources]) {
      const hidden = await loadToy(toy, { vision });
      const [first, second] = await rowsOf(images.slice(0, 2), { batchSize: 2 }, hidden);
      expect(first!.error).toMatchObject({ code: 'predict-failed' });
      expect(first!.error!.message).toMatch(/; it was a run of 2 images: try one, the batch that exports often fix$/);
      expect(second!.error).toEqual(first!.error);
      await hidden.dispose();
    }
  });

  it('because the backend is dead ends everything', async () => {
    const dead = failing(new QualmError('backend-unavailable', 'worker is gone'));
    await expect(rowsOf(images, {}, dead)).rejects.toSatisfy((error) => QualmError.is(error, 'backend-unavailable'));
  });
});

/** The model, counting what is under way. */
function counted(): {
  model: ImageModel<'class_scores'>;
  filling: number;
  running: number;
  most: number;
  allocated: number;
} {
  const { preprocessor } = model;
  const state = { filling: 0, running: 0, most: 0, allocated: 0, model };
  const run = async (...args: Parameters<typeof model.run>): Promise<TensorMap> => {
    state.running++;
    await sleep(2);
    return model.run(...args).finally(() => state.running--);
  };
  const counting: typeof preprocessor = {
    allocate: (count) => {
      state.allocated++;
      return preprocessor.allocate(count);
    },
    fill: (...args) => {
      state.most = Math.max(state.most, ++state.filling + state.running);
      return preprocessor.fill(...args).finally(() => state.filling--);
    },
  };
  return Object.assign(state, { model: { ...model, run, preprocessor: counting } });
}

const endless = function* (): Generator<Image> {
  for (let i = 0; ; i++) yield images[i % images.length]!;
};

it('no more is under way than inFlight, and batch tensors are reused', async () => {
  const state = counted();
  let rows = 0;
  for await (const { index } of predictStream(endless(), state.model, { inFlight: 3 })) {
    expect(index).toBe(rows);
    if (++rows === 200) break;
  }
  expect(state.most).toBeLessThanOrEqual(3);
  expect(state.allocated).toBe(3);
});

it.each(['abort', 'break', 'throw'] as const)('after %s nothing is under way any more', async (how) => {
  const state = counted();
  const abort = new AbortController();
  const reading = async (): Promise<void> => {
    for await (const { index } of predictStream(endless(), state.model, { signal: abort.signal })) {
      if (index < 20) continue;
      if (how === 'break') return;
      if (how === 'throw') throw new Error('mine');
      setTimeout(() => abort.abort(new Error('stop')), 3);
    }
  };
  const outcome = await reading().catch((error: unknown) => error);
  if (how === 'abort') expect(outcome).toMatchObject({ code: 'aborted', cause: { message: 'stop' } });
  if (how === 'throw') expect(outcome).toMatchObject({ message: 'mine' });
  expect({ filling: state.filling, running: state.running }).toEqual({ filling: 0, running: 0 });
  expectColours(await rowsOf(images));
});

it.each([
  [{ batchSize: 0 }, 'batchSize is 0'],
  [{ inFlight: 1.5 }, 'inFlight is 1.5'],
])('predictStream(images, model, %o) throws a RangeError', async (options, message) => {
  await expect(rowsOf(images, options)).rejects.toThrow(message);
});

it('another batch size than the one the model fixed is a RangeError', async () => {
  await expect(rowsOf(images, { batchSize: 2 }, fixed)).rejects.toThrow(RangeError);
});
