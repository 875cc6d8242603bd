import { createMemorySink } from '@qualm/datasets';
import { Image } from '@qualm/types';
import type { ImageSource, ImageStream, PredictionSink } from '@qualm/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictTo, type ImageModel } from '../src/index.ts';
import { loadToy, solid, writeToy } from './toy-model.ts';

const broken = Image.fromBytes(Uint8Array.of(1, 2, 3));
let model: ImageModel<'class_scores'>;
let images: Image[];

beforeAll(async () => {
  model = await loadToy(await writeToy());
  images = [0, 80, 160, 240].map((grey) => solid(grey, 20, 30));
});
afterAll(() => model.dispose());

/** An image source over a list. */
function sourceOf(list: readonly Image[]): ImageSource {
  return {
    length: list.length,
    fingerprint: 'list',
    *[Symbol.iterator]() {
      for (const [image_id, image] of list.entries()) yield { image_id, image };
    },
  };
}

/** A sink with rows from a run before, whose writes fail from row `failsAt` on. */
function resumed(stored: number, failsAt = Infinity): { sink: PredictionSink; ends: string[]; indices: number[] } {
  const indices: number[] = [];
  const ends: string[] = [];
  const sink: PredictionSink = {
    stored,
    write: async ({ index }) => {
      if (index >= failsAt) throw new Error('disk full');
      indices.push(index);
    },
    close: async () => void ends.push('close'),
    abort: async () => void ends.push('abort'),
  };
  return { sink, ends, indices };
}

describe('predictTo(source, model, sink)', () => {
  it('stores a row for each image, in order', async () => {
    const sink = createMemorySink();
    const counts = await predictTo(sourceOf([...images, broken]), model, sink);
    expect(counts).toEqual({ done: 5, failed: 1, skipped: 0, seconds: expect.any(Number) });
    expect(sink.rows.map(({ index, image_id, error }) => [index, image_id, error?.code])).toEqual([
      [0, 0, undefined],
      [1, 1, undefined],
      [2, 2, undefined],
      [3, 3, undefined],
      [4, 4, 'image-invalid'],
    ]);
  });

  it('goes on after the rows that are stored', async () => {
    const { sink, ends, indices } = resumed(3);
    expect(await predictTo(sourceOf(images), model, sink)).toMatchObject({ done: 1, failed: 0, skipped: 3 });
    expect({ ends, indices }).toEqual({ ends: ['close'], indices: [3] });
  });

  it('lets the sink go when it cannot store, and when it is aborted', async () => {
    const full = resumed(0, 2);
    await expect(predictTo(sourceOf(images), model, full.sink)).rejects.toThrow('disk full');
    expect(full).toMatchObject({ ends: ['abort'], indices: [0, 1] });
    const aborted = resumed(0);
    const stopping = predictTo(sourceOf(images), model, aborted.sink, { signal: AbortSignal.abort() });
    await expect(stopping).rejects.toThrow('aborted');
    expect(aborted).toMatchObject({ ends: ['abort'], indices: [] });
  });

  it('refuses a sink that holds more than there is', async () => {
    const { sink, ends } = resumed(9);
    await expect(predictTo(sourceOf(images), model, sink)).rejects.toThrow('holds 9 rows, the source 4 images');
    expect(ends).toEqual(['abort']);
  });
});

/** The images one by one; nobody knows how many. */
function streamOf(list: readonly Image[]): ImageStream {
  return {
    length: null,
    fingerprint: null,
    async *[Symbol.asyncIterator]() {
      for (const [image_id, image] of list.entries()) yield await Promise.resolve({ image_id, image });
    },
  };
}

describe('predictTo(stream, model, sink)', () => {
  it('stores the same rows, and knows no total', async () => {
    const sinks = [createMemorySink(), createMemorySink()] as const;
    const totals = new Set<number | null>();
    await predictTo(sourceOf(images), model, sinks[0]);
    await predictTo(streamOf(images), model, sinks[1], { onProgress: ({ total }) => totals.add(total) });
    expect(sinks[1].rows).toEqual(sinks[0].rows);
    expect([...totals]).toEqual([null]);
  });

  it('goes on after the images that are stored, when they are those of the stream', async () => {
    const { sink, ends, indices } = resumed(3);
    const known = { ...sink, storedId: (index: number) => (index < 3 ? index : undefined) };
    expect(await predictTo(streamOf(images), model, known)).toMatchObject({ done: 1, skipped: 3 });
    expect({ ends, indices }).toEqual({ ends: ['close'], indices: [3] });
    const other = resumed(3);
    const others = { ...other.sink, storedId: () => 'b.jpg' };
    await expect(predictTo(streamOf(images), model, others)).rejects.toThrow(
      'image 0 of the stream is "0", the sink holds "b.jpg" in its place',
    );
    expect(other).toMatchObject({ ends: ['abort'], indices: [] });
  });

  it('refuses a sink that holds more than came', async () => {
    const { sink, ends } = resumed(9);
    await expect(predictTo(streamOf(images), model, sink)).rejects.toThrow('holds 9 rows, the source 4 images');
    expect(ends).toEqual(['abort']);
  });

  it('has stored what came before the stream failed', async () => {
    const { sink, ends, indices } = resumed(1);
    const failing: ImageStream = {
      ...streamOf([]),
      async *[Symbol.asyncIterator]() {
        yield* streamOf(images.slice(0, 3));
        throw new Error('pipe broken');
      },
    };
    await expect(predictTo(failing, model, sink)).rejects.toThrow('pipe broken');
    expect({ ends, indices }).toEqual({ ends: ['abort'], indices: [1, 2] });
  });
});
