import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { createTensor, Image } from '@qualm/types';
import type { InputSpec, Tensor } from '@qualm/types';
import { createPreprocessor } from '../src/create-preprocessor.ts';
import { bytesOf, difference, imageOf, pillow } from './pillow.ts';

const bytes: InputSpec = {
  size: { width: 16, height: 12 },
  layout: 'nhwc',
  dtype: 'uint8',
  channels: 'rgb',
  resize: { mode: 'stretch' },
};

const imagenet = {
  dtype: 'float32',
  layout: 'nchw',
  mean: [123.675, 116.28, 103.53],
  std: [58.395, 57.12, 57.375],
} as const satisfies Partial<InputSpec>;

/** On the calling thread; that threads give the same is a test of its own. */
async function tensorOf(input: InputSpec, image: Image): Promise<Tensor> {
  const preprocessor = createPreprocessor(input, { threads: 0 });
  const batch = preprocessor.allocate(1);
  await preprocessor.fill(image, batch, 0);
  await preprocessor.dispose!();
  return batch;
}

function resizeOf(mode: 'stretch' | 'center' | 'top-left'): InputSpec['resize'] {
  return mode === 'stretch' ? { mode } : { mode: 'letterbox', anchor: mode, pad: 114 };
}

async function solid(width: number, height: number, color: string): Promise<Image> {
  const png = sharp({ create: { width, height, channels: 3, background: color } }).png();
  return Image.fromBytes(await png.toBuffer());
}

describe('fill against Pillow', () => {
  it.each(pillow.resized.map((wanted, index) => ({ ...wanted, index })))(
    '$file $filter $mode $width x $height equals what Pillow resizes to',
    async ({ file, filter, mode, width, height, pixels }) => {
      const input: InputSpec = { ...bytes, size: { width, height }, filter, resize: resizeOf(mode) };
      const { data } = await tensorOf(input, imageOf(file));
      expect(difference(data as Uint8Array, bytesOf(pixels)).max).toBe(0);
    },
  );

  it.each(['rgb', 'bgr'] as const)('%s float32 NCHW with mean and std equals NumPy', async (channels) => {
    const mean = channels === 'rgb' ? imagenet.mean : ([103.53, 116.28, 123.675] as const);
    const std = channels === 'rgb' ? imagenet.std : ([57.375, 57.12, 58.395] as const);
    const batch = await tensorOf({ ...bytes, ...imagenet, channels, mean, std }, imageOf('rgb.png'));
    const wanted = new Float32Array(bytesOf(pillow.normalised[channels]).buffer);
    expect(batch.shape).toEqual([1, 3, 12, 16]);
    expect(difference(batch.data as Float32Array, wanted).max).toBeLessThan(1e-6);
  });
});

describe('fill', () => {
  const letterbox: InputSpec = {
    ...bytes,
    ...imagenet,
    size: { width: 40, height: 32 },
    resize: { mode: 'letterbox', anchor: 'center', pad: 114 },
  };

  it.each(['nchw', 'nhwc'] as const)(
    '%s: a wide image after a tall one leaves nothing of it in the padding',
    async (layout) => {
      const preprocessor = createPreprocessor({ ...letterbox, layout }, { threads: 1 });
      const reused = preprocessor.allocate(2);
      const fresh = preprocessor.allocate(2);
      await preprocessor.fill(await solid(10, 40, 'red'), reused, 1);
      for (const batch of [reused, fresh]) await preprocessor.fill(await solid(40, 10, 'lime'), batch, 1);
      expect(reused.data).toEqual(fresh.data);
      expect(new Set((reused.data as Float32Array).subarray(0, 40 * 32 * 3))).toEqual(new Set([0]));
    },
  );

  it.each(['center', 'top-left'] as const)(
    'letterbox %s: padding is pad after normalisation, the image is where geometry says',
    async (anchor) => {
      const input: InputSpec = {
        ...bytes,
        size: { width: 20, height: 20 },
        resize: { mode: 'letterbox', anchor, pad: 114 },
      };
      const preprocessor = createPreprocessor(input, { threads: 0 });
      const batch = preprocessor.allocate(1);
      const geometry = await preprocessor.fill(await solid(40, 20, '#ff0000'), batch, 0);
      const top = anchor === 'center' ? 5 : 0;
      expect(geometry).toEqual({
        original: { width: 40, height: 20 },
        input: { width: 20, height: 20 },
        scaleX: 0.5,
        scaleY: 0.5,
        offsetX: 0,
        offsetY: top,
      });
      for (let row = 0; row < 20; row++) {
        const pixel = [...(batch.data as Uint8Array).subarray(row * 60, row * 60 + 3)];
        expect(pixel).toEqual(row >= top && row < top + 10 ? [255, 0, 0] : [114, 114, 114]);
      }
    },
  );

  it.each([
    { from: [200, 150], to: [64, 64], resize: { mode: 'letterbox', anchor: 'center', pad: 0 } },
    { from: [150, 200], to: [64, 48], resize: { mode: 'letterbox', anchor: 'top-left', pad: 0 } },
    { from: [50, 40], to: [128, 96], resize: { mode: 'letterbox', anchor: 'center', pad: 0 } },
    { from: [200, 150], to: [50, 70], resize: { mode: 'stretch' } },
    { from: [60, 300], to: [120, 100], resize: { mode: 'stretch' } },
    { from: [200, 150], to: [64, 64], resize: { mode: 'crop', shortSide: 75 } },
    { from: [150, 200], to: [110, 130], resize: { mode: 'crop', shortSide: 120 } },
    { from: [60, 45], to: [100, 80], resize: { mode: 'crop', shortSide: 64 } },
  ] as const)('a white box in $from lands in $to where geometry says ($resize)', async ({ from, to, resize }) => {
    const [left, top, width, height] = [from[0] * 0.3, from[1] * 0.4, from[0] * 0.5, from[1] * 0.4].map(Math.round);
    const box = { create: { width: width!, height: height!, channels: 3 as const, background: 'white' } };
    const png = sharp({ create: { width: from[0], height: from[1], channels: 3, background: 'black' } })
      .composite([{ input: box, left: left!, top: top! }])
      .png();
    const image = Image.fromBytes(await png.toBuffer());
    const preprocessor = createPreprocessor(
      { ...bytes, size: { width: to[0], height: to[1] }, resize },
      { threads: 0 },
    );
    const batch = preprocessor.allocate(1);
    const { scaleX, scaleY, offsetX, offsetY } = await preprocessor.fill(image, batch, 0);
    const edges = measuredBox(batch.data as Uint8Array, to[0], to[1]);
    const wanted = [
      left! * scaleX + offsetX,
      top! * scaleY + offsetY,
      (left! + width!) * scaleX + offsetX,
      (top! + height!) * scaleY + offsetY,
    ];
    wanted.forEach((edge, side) => expect(Math.abs(edges[side]! - edge)).toBeLessThan(0.1));
  });

  it('turns by EXIF orientation before fitting', async () => {
    const preprocessor = createPreprocessor({ ...bytes, size: { width: 24, height: 32 } }, { threads: 0 });
    const batch = preprocessor.allocate(1);
    const geometry = await preprocessor.fill(imageOf('exif-6.jpg'), batch, 0);
    expect(geometry.original).toEqual({ width: 24, height: 32 });
    expect(difference(batch.data as Uint8Array, bytesOf(pillow.decoded['exif-6.jpg']!.pixels)).max).toBeLessThanOrEqual(
      1,
    );
  });

  it('int32 holds the bytes, bgr reverses them', async () => {
    const [rgb, bgr] = [
      await tensorOf({ ...bytes, dtype: 'int32' }, imageOf('rgb.png')),
      await tensorOf({ ...bytes, channels: 'bgr' }, imageOf('rgb.png')),
    ];
    const pixels = bytesOf(pillow.decoded['rgb.png']!.pixels);
    expect(rgb.data).toEqual(Int32Array.from(pixels));
    expect([...(bgr.data as Uint8Array).subarray(0, 6)]).toEqual([2, 1, 0, 5, 4, 3].map((index) => pixels[index]));
  });

  it('nearest takes the pixel at each centre', async () => {
    const input: InputSpec = { ...bytes, size: { width: 4, height: 3 }, filter: 'nearest' };
    const pixels = bytesOf(pillow.decoded['rgb.png']!.pixels);
    const { data } = await tensorOf(input, imageOf('rgb.png'));
    const wanted = [2, 6, 10].flatMap((y) =>
      [2, 6, 10, 14].flatMap((x) => [...pixels.subarray(3 * (16 * y + x)).subarray(0, 3)]),
    );
    expect([...data]).toEqual(wanted);
  });

  it('fills the rows of a batch at once, by any number of threads, with the same result', async () => {
    const names = Object.keys(pillow.decoded);
    const [none, one, many] = await Promise.all(
      [0, 1, 3].map(async (threads) => {
        const preprocessor = createPreprocessor({ ...letterbox, channels: 'bgr' }, { threads });
        const batch = preprocessor.allocate(names.length);
        await Promise.all(names.map((name, row) => preprocessor.fill(imageOf(name), batch, row)));
        await preprocessor.dispose!();
        return batch.data;
      }),
    );
    expect(many).toEqual(one);
    expect(none).toEqual(one);
  });

  it('an abort rejects at once, and the next image is filled', async () => {
    const preprocessor = createPreprocessor(bytes, { threads: 1 });
    const batch = preprocessor.allocate(1);
    const abort = new AbortController();
    const aborted = preprocessor.fill(imageOf('rgb.png'), batch, 0, { signal: abort.signal });
    abort.abort('enough');
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    expect((await preprocessor.fill(imageOf('rgb.png'), batch, 0)).original).toEqual({ width: 16, height: 12 });
    await preprocessor.dispose!();
  });

  it('dispose waits for what is being filled, and refuses what comes later', async () => {
    const preprocessor = createPreprocessor(bytes, { threads: 1 });
    const batch = preprocessor.allocate(1);
    const filled = preprocessor.fill(imageOf('rgb.png'), batch, 0);
    await filled;
    await Promise.all([preprocessor.dispose!(), preprocessor.dispose!()]);
    await expect(preprocessor.fill(imageOf('rgb.png'), batch, 0)).rejects.toThrow('disposed');
  });

  it('dispose before any fill has nothing to do', async () => {
    await expect(createPreprocessor(bytes).dispose!()).resolves.toBeUndefined();
  });

  it('keeps the event loop free: it turns many times during one fill', async () => {
    const input: InputSpec = { ...bytes, ...imagenet, size: { width: 640, height: 640 } };
    const preprocessor = createPreprocessor(input, { threads: 1 });
    const batch = preprocessor.allocate(1);
    const image = await solid(640, 480, 'teal');
    const turns: number[] = [];
    for (let run = 0; run < 3; run++) {
      let [filled, turned] = [false, 0];
      void preprocessor.fill(image, batch, 0).then(() => (filled = true));
      for (; !filled; turned++) await setImmediate();
      turns.push(turned);
    }
    expect(Math.max(...turns)).toBeGreaterThan(100);
  });

  it('allocate gives shared memory of the wanted shape and type', () => {
    const batch = createPreprocessor(letterbox).allocate(3);
    expect([batch.dtype, batch.shape]).toEqual(['float32', [3, 3, 32, 40]]);
    expect(batch.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('refuses a batch that is not in shared memory', async () => {
    const unshared = createTensor('uint8', [1, 12, 16, 3]);
    await expect(createPreprocessor(bytes).fill(imageOf('rgb.png'), unshared, 0)).rejects.toThrow('shared memory');
  });

  it('refuses threads of -1', () => {
    expect(() => createPreprocessor(bytes, { threads: -1 })).toThrow(RangeError);
  });

  it('refuses a batch of another shape or type, and an index outside of it', async () => {
    const preprocessor = createPreprocessor(bytes);
    const image = imageOf('rgb.png');
    const other = createPreprocessor(letterbox).allocate(1);
    await expect(preprocessor.fill(image, other, 0)).rejects.toThrow(RangeError);
    for (const index of [-1, 1, 0.5]) {
      await expect(preprocessor.fill(image, preprocessor.allocate(1), index)).rejects.toThrow('index');
    }
  });

  it.each<[string, Partial<InputSpec>]>([
    ['mean with uint8', { mean: [1, 2, 3] }],
    ['std of 0', { dtype: 'float32', std: [1, 0, 1] }],
    ['NaN mean', { dtype: 'float32', mean: [Number.NaN, 0, 0] }],
    ['pad of 300', { resize: { mode: 'letterbox', anchor: 'center', pad: 300 } }],
    ['a short side of 0', { resize: { mode: 'crop', shortSide: 0 } }],
    ['size of 0', { size: { width: 0, height: 3 } }],
  ])('createPreprocessor refuses %s', (_, wrong) => {
    expect(() => createPreprocessor({ ...bytes, ...wrong })).toThrow(expect.objectContaining({ code: 'spec-invalid' }));
  });
});

/** Edges of the white box, to a fraction of a pixel: where the brightness summed along its middle
 * row and column begins and ends.
 */
function measuredBox(data: Uint8Array, width: number, height: number): number[] {
  const columns = Array.from({ length: width }, (_, x) =>
    Math.max(...Array.from({ length: height }, (__, y) => data[(y * width + x) * 3]!)),
  );
  const rows = Array.from({ length: height }, (_, y) =>
    Math.max(...Array.from({ length: width }, (__, x) => data[(y * width + x) * 3]!)),
  );
  const [left, right] = extent(columns);
  const [top, bottom] = extent(rows);
  return [left, top, right, bottom];
}

function extent(profile: number[]): [number, number] {
  const peak = profile.indexOf(Math.max(...profile));
  const sum = (from: number, to: number): number =>
    profile.slice(from, to).reduce((total, value) => total + value / 255, 0);
  return [peak - sum(0, peak), peak + sum(peak, profile.length)];
}
