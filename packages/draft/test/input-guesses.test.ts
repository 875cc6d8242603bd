import { describe, expect, it } from 'vitest';
import type { TensorInfo } from '@qualm/types';
import { declaredBy } from '../src/declared.ts';
import { guessInput } from '../src/input-guesses.ts';

const nothing = declaredBy({});
const floats = (shape: TensorInfo['shape']): TensorInfo => ({ name: 'x', dtype: 'float32', shape });

describe('guessInput(inputs)', () => {
  it('takes layout, size and batch from the shape', () => {
    const { pixels, known, guessed } = guessInput([floats([1, 3, 320, 416])], nothing, false);
    expect(pixels[0]!.input).toMatchObject({ layout: 'nchw', size: { width: 416, height: 320 }, batch: 1 });
    expect(known).toEqual(['input "x" is float32 [1,3,320,416], so nchw']);
    expect(guessed).toEqual([]);
    const { input } = guessInput([floats([null, 300, 300, 3])], nothing, false).pixels[0]!;
    expect(input).toMatchObject({ layout: 'nhwc', size: { width: 300, height: 300 } });
    expect(input.batch).toBeUndefined();
  });

  it('says what it takes where the file fixes no size', () => {
    const { guessed } = guessInput([floats([null, 3, null, null])], nothing, false);
    expect(guessed).toEqual(['size 640x640, since the file fixes none']);
    const sized = guessInput([floats([null, 3, null, null])], declaredBy({ imgsz: '[320, 320]' }), false);
    expect(sized.pixels[0]!.input.size).toEqual({ width: 320, height: 320 });
  });

  it('tries both orders of channels and four scales, and of bytes one', () => {
    expect(guessInput([floats([1, 3, 64, 64])], nothing, false).pixels).toHaveLength(8);
    expect(guessInput([{ ...floats([1, 64, 64, 3]), dtype: 'uint8' }], nothing, false).pixels).toHaveLength(2);
    const halves = guessInput([{ ...floats([1, 3, 64, 64]), dtype: 'float16' }], nothing, false).pixels;
    expect(halves).toHaveLength(8);
    expect(halves[0]!.input.dtype).toBe('float16');
  });

  it('turns the mean with the channels', () => {
    const { pixels } = guessInput([floats([1, 3, 64, 64])], nothing, false);
    const imagenet = pixels.filter(({ words }) => words.includes('ImageNet'));
    expect(imagenet.map(({ input: { channels, mean } }) => [channels, mean])).toEqual([
      ['rgb', [123.675, 116.28, 103.53]],
      ['bgr', [103.53, 116.28, 123.675]],
    ]);
  });

  it('leaves nothing open of an export of Ultralytics', () => {
    const { pixels, fits } = guessInput([floats([1, 3, 640, 640])], declaredBy({ author: 'Ultralytics' }), false);
    expect([pixels.length, fits.length]).toEqual([1, 1]);
    expect(pixels[0]!.input).toMatchObject({ channels: 'rgb', std: [255, 255, 255], filter: 'opencv-linear' });
  });

  it.each([
    ['a batch', [10_000_000, 3, 32, 32], undefined, '"x" is 32x32, 10000000 at once'],
    ['a side in the metadata', [1, 3, null, null], '[100000000, 10]', '"x" is 10x100000000, 1 at once'],
  ] as const)('refuses %s that no tensor can hold', (_what, shape, imgsz, wanted) => {
    const declared = declaredBy(imgsz === undefined ? {} : { imgsz });
    expect(() => guessInput([floats(shape)], declared, true)).toThrow(`models draft: input ${wanted}`);
  });

  it.each([
    ['two inputs', [floats([1, 3, 64, 64]), floats([1, 2])]],
    ['no image', [floats([1, 128])]],
    ['none', []],
    ['halves of images', [{ ...floats([1, 3, 64, 64]), dtype: 'float64' as const }]],
  ])('refuses %s', (_, inputs) => {
    expect(() => guessInput(inputs, nothing, false)).toThrow(/^models draft: .*; expected /);
  });
});
