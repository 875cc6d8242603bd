import sharp from 'sharp';
import { expect, it } from 'vitest';
import { Image } from '@qualm/types';
import { decodeImage } from '../src/decode-image.ts';
import { imageExtensions, imageFormat, isDecodable } from '../src/image-format.ts';

it('imageExtensions() are the endings that sharp lists, without drawings', () => {
  const endings = imageExtensions();
  expect(endings).toEqual(expect.arrayContaining(['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'webp', 'gif', 'tif', 'avif']));
  for (const drawing of ['svg', 'pdf', 'v']) expect(endings).not.toContain(drawing);
  const listed = Object.values(sharp.format).flatMap(({ input }) => input.fileSuffix ?? []);
  for (const ending of endings) expect(listed).toContain(`.${ending}`);
});

it("imageExtensions(loaders) has what a libvips of one's own decodes besides", () => {
  const heif = { input: { buffer: true, fileSuffix: ['.heic', '.heif', '.avif'] } };
  const jxl = { input: { buffer: false, fileSuffix: ['.jxl'] } };
  expect(imageExtensions({ heif, jxl })).toEqual(['heic', 'heif', 'avif']);
  expect(isDecodable('heic', { heif })).toBe(true);
  expect(isDecodable('heic', { heif: { input: { buffer: true, fileSuffix: ['.avif'] } } })).toBe(false);
});

it.each([
  ['heic', '\0\0\0\x18ftypheic\0\0\0\0', 'HEIC'],
  ['jp2', '\0\0\0\x0cjP  \r\n\x87\n', 'JPEG 2000'],
  ['jxl', '\xff\x0a', 'JPEG XL'],
  ['bmp', 'BM\x36\0\x0c\0\0\0\0\0', 'BMP'],
  ['ppm', 'P6\n1 1\n255\nabc', 'PNM'],
] as const)('decodeImage names %s where sharp does not decode it', async (format, head, name) => {
  const bytes = Buffer.from(head, 'latin1');
  expect(imageFormat(bytes)).toBe(format);
  if (isDecodable(format)) return;
  await expect(decodeImage(Image.fromBytes(bytes))).rejects.toMatchObject({
    code: 'image-invalid',
    message: expect.stringContaining(` is ${name}, which the installed sharp does not decode; convert`) as string,
  });
});
