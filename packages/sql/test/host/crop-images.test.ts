import { QualmError, Image } from '@qualm/types';
import type { Box2d, Vision } from '@qualm/types';
import { expect, test } from 'vitest';
import { cropImages } from '../../src/host/crop-images.ts';

/** Pictures whose bytes are the edges of their boxes; boxes without area fail all boxes of their
 * call.
 */
function fakeVision(decoded: (string | null)[] = []): Vision {
  return {
    cropImage: (image: Image, boxes: readonly Box2d[]) => {
      decoded.push(image.uri);
      if (image.uri === '/broken.jpg') return Promise.reject(new QualmError('image-invalid', 'it is broken'));
      if (boxes.some((box) => box.area === 0)) return Promise.reject(new RangeError('no area'));
      return Promise.resolve(boxes.map((box) => Image.fromBytes(Uint8Array.from(box))));
    },
  } as Vision;
}

test('an image of several boxes is decoded once, and pictures come in the order of the crops', async () => {
  const decoded: (string | null)[] = [];
  const crops = [
    { image: '/a.jpg', box: [0, 0, 1, 1] },
    { image: '/b.jpg', box: [0, 0, 2, 2] },
    { image: '/a.jpg', box: [0, 0, 3, 3] },
  ] as const;
  const pictures = await cropImages(fakeVision(decoded), { crops, onError: 'fail' }, () => undefined);
  expect(pictures).toEqual([1, 2, 3].map((n) => Uint8Array.of(0, 0, n, n)));
  expect(decoded).toEqual(['/a.jpg', '/b.jpg']);
});

test('what fails is null and told, and takes nothing else with it', async () => {
  const failures: string[] = [];
  const crops = [
    { image: '/broken.jpg', box: [0, 0, 1, 1] },
    { image: '/a.jpg', box: [0, 0, 2, 2] },
    { image: '/a.jpg', box: [3, 3, 3, 3] },
  ] as const;
  const pictures = await cropImages(fakeVision(), { crops, onError: 'null' }, (error) => failures.push(error));
  expect(pictures).toEqual([null, Uint8Array.of(0, 0, 2, 2), null]);
  expect(failures.sort()).toEqual(['it is broken', 'no area']);
});

test("with onError 'fail' the error names the image and keeps its code", async () => {
  const crops = [{ image: '/broken.jpg', box: [0, 0, 1, 1] }] as const;
  await expect(cropImages(fakeVision(), { crops, onError: 'fail' }, () => undefined)).rejects.toMatchObject({
    code: 'image-invalid',
    message: 'crop: /broken.jpg: it is broken',
  });
});

test('without a vision that crops the error says what to give', async () => {
  const request = { crops: [{ image: '/a.jpg', box: [0, 0, 1, 1] }], onError: 'null' } as const;
  await expect(cropImages(undefined, request, () => undefined)).rejects.toMatchObject({ code: 'backend-unavailable' });
  await expect(cropImages({} as Vision, request, () => undefined)).rejects.toThrow(
    /give createSqlSession \{ vision \}/,
  );
});
