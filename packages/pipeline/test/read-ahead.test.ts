import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Image, QualmError } from '@qualm/types';
import type { OpenUri, Prediction } from '@qualm/types';
import { predictStream, type ImageModel, type PredictStreamOptions } from '../src/index.ts';
import { builtVision, loadToy, solid, writeToy } from './toy-model.ts';

let inside: ImageModel<'class_scores'>;
let outside: ImageModel<'class_scores'>;

beforeAll(async () => {
  const toy = await writeToy();
  [inside, outside] = await Promise.all([loadToy(toy, { vision: await builtVision() }), loadToy(toy)]);
});
afterAll(() => Promise.all([inside.dispose(), outside.dispose()]));

const bytesOf = (uri: string): Uint8Array => solid(Number(/\d+/.exec(uri)![0]), 100, 50).bytes!;
const uris = (count: number): string[] => Array.from({ length: count }, (_, index) => `https://a.org/${index}.png`);

async function rowsOf(
  model: ImageModel,
  images: Parameters<typeof predictStream>[0],
  options: PredictStreamOptions,
): Promise<Prediction[]> {
  const rows: Prediction[] = [];
  for await (const row of predictStream(images, model, options)) rows.push(row);
  return rows;
}

describe.each([
  ['in the threads of sessions', () => inside],
  ['outside of them', () => outside],
])('images that are opened ahead, predicted %s', (_, model) => {
  it.each([1, 3])('give the rows of the same images here, with their URIs, in batches of %i', async (batchSize) => {
    const open: OpenUri = async (uri) => bytesOf(uri);
    const rows = await rowsOf(model(), uris(7), { open, batchSize });
    const here = await rowsOf(
      model(),
      uris(7).map((uri) => Image.fromBytes(bytesOf(uri))),
      { batchSize },
    );
    expect(rows.map(({ detections }) => detections)).toEqual(here.map(({ detections }) => detections));
    expect(rows.map(({ image, image_id }) => [image.uri, image_id])).toEqual(uris(7).map((uri) => [uri, uri]));
  });

  it('name the image by its URI, without secrets, where it cannot be decoded', async () => {
    const open: OpenUri = async () => new TextEncoder().encode('no image');
    const [row] = await rowsOf(model(), ['https://a.org/1.png?X-Amz-Signature=hunter2'], { open });
    expect(row!.error).toMatchObject({ code: 'image-invalid' });
    expect(row!.error!.message).toContain('"https://a.org/1.png?X-Amz-Signature=***"');
  });
});

it('opens many at the same time, as many as openAhead says, and none of paths', async () => {
  let now = 0;
  let most = 0;
  const open: OpenUri = async (uri) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now--;
    return bytesOf(uri);
  };
  await rowsOf(inside, uris(60), { open, openAhead: 12 });
  expect(most).toBe(12);
  const none: OpenUri = () => Promise.reject(new Error('not asked for'));
  const [row] = await rowsOf(inside, ['nowhere/a.png'], { open: none });
  expect(row!.error!.code).toBe('image-missing');
});

it('holds no more bytes than openAheadBytes, however many are under way', async () => {
  const size = 1000;
  let held = 0;
  let most = 0;
  const open: OpenUri = async (uri, _, room) => {
    await room!(size);
    most = Math.max(most, (held += size));
    await new Promise((resolve) => setImmediate(resolve));
    return bytesOf(uri);
  };
  for await (const row of predictStream(uris(40), inside, { open, openAheadBytes: 5 * size, batchSize: 2 }))
    if (row) held -= size;
  // A row is counted out here after its bytes were let go, and a batch of two beside the budget.
  expect(most).toBeLessThanOrEqual(5 * size + 2 * size + 4 * 6 * size);
});

it('goes on where one batch is larger than all that may be held', async () => {
  const open: OpenUri = async (uri, _, room) => {
    await room!(1000);
    return bytesOf(uri);
  };
  expect(await rowsOf(inside, uris(9), { open, openAheadBytes: 10, batchSize: 3 })).toHaveLength(9);
});

it('makes a row of each image that cannot be opened, asked for once', async () => {
  let asked = 0;
  const open: OpenUri = async (uri) => {
    asked++;
    if (uri.includes('/1.')) throw new QualmError('machine-trouble', 'open: no answer');
    if (uri.includes('/2.')) throw new Error('what is this');
    return bytesOf(uri);
  };
  const rows = await rowsOf(inside, uris(4), { open });
  expect(rows.map(({ error }) => error?.code)).toEqual([undefined, 'machine-trouble', 'io', undefined]);
  expect(rows[2]!.error!.message).toBe('open: "https://a.org/2.png" could not be read: Error: what is this');
  expect(asked).toBe(4);
});

it('ends what is being opened when its reader leaves, and by its signal', async () => {
  let under = 0;
  const open: OpenUri = async (uri, signal) => {
    if (uri.includes('/0.')) return bytesOf(uri);
    under++;
    try {
      return await new Promise((_, reject) => {
        if (signal!.aborted) reject(signal!.reason as Error);
        signal!.addEventListener('abort', () => reject(signal!.reason as Error));
      });
    } finally {
      under--;
    }
  };
  const first = predictStream(uris(9), inside, { open });
  await first.next();
  await first.return?.();
  expect(under).toBe(0);
  const controller = new AbortController();
  const rows = predictStream(uris(9), inside, { open, signal: controller.signal });
  await rows.next();
  const next = rows.next();
  controller.abort();
  await expect(next).rejects.toMatchObject({ code: 'aborted' });
  expect(under).toBe(0);
});

it.each([{ openAhead: 0 }, { openAheadBytes: -1 }, { open: 7 as unknown as OpenUri }])(
  'refuses %j',
  async (options) => {
    await expect(rowsOf(inside, [], options)).rejects.toThrow(RangeError);
  },
);
