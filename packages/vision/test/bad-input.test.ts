import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Image, QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import { createPreprocessor } from '../src/create-preprocessor.ts';
import { decodeImage } from '../src/decode-image.ts';
import type { ImageOptions } from '../src/image-options.ts';
import { blackPng, temporaryFolder } from './files.ts';
import { bytesOf, pillow } from './pillow.ts';

const folder = temporaryFolder();
const jpeg = bytesOf(pillow.files['rgb.jpg']!);
const png = bytesOf(pillow.files['rgb.png']!);

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function errorOf(uri: string, options?: ImageOptions): Promise<QualmError> {
  const error: unknown = await decodeImage(Image.fromUri(uri), options).catch((caught: unknown) => caught);
  if (!QualmError.is(error)) throw new Error(`${uri}: expected a QualmError, came ${String(error)}`);
  return error;
}

const preprocessor = createPreprocessor(
  {
    size: { width: 4, height: 4 },
    layout: 'nhwc',
    dtype: 'uint8',
    channels: 'rgb',
    resize: { mode: 'stretch' },
  },
  { threads: 1 },
);
const batch = preprocessor.allocate(1);

describe('decodeImage and fill on what is not an image', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  const brokenPng = Uint8Array.from(png, (byte, index) => (index === png.length >> 1 ? byte ^ 255 : byte));

  it.each<[string, QualmErrorCode, () => string]>([
    ['a missing file', 'image-missing', () => join(folder, 'nowhere.jpg')],
    ['a file below a file', 'image-missing', () => join(file('plain.txt', 'x'), 'a.jpg')],
    ['an overlong name', 'image-missing', () => join(folder, 'x'.repeat(300))],
    ['a name with a zero byte', 'image-missing', () => `${folder}/a\0.jpg`],
    ['a folder', 'image-invalid', () => folder],
    ['a device', 'image-invalid', () => '/dev/null'],
    ['an empty file', 'image-invalid', () => file('empty.jpg', '')],
    ['text named .jpg', 'image-invalid', () => file('text.jpg', 'this is not a photograph\n')],
    ['SVG named .png', 'image-invalid', () => file('drawing.png', svg)],
    ['PDF named .png', 'image-invalid', () => file('paper.png', '%PDF-1.7\n')],
    ['a JPEG without its second half', 'image-invalid', () => file('half.jpg', jpeg.subarray(0, jpeg.length >> 1))],
    ['a JPEG without its last bytes', 'image-invalid', () => file('tail.jpg', jpeg.subarray(0, -2))],
    ['a JPEG of 3 bytes', 'image-invalid', () => file('head.jpg', jpeg.subarray(0, 3))],
    ['a PNG without its second half', 'image-invalid', () => file('half.png', png.subarray(0, png.length >> 1))],
    ['a PNG with a wrong byte', 'image-invalid', () => file('wrong.png', brokenPng)],
    ['a GIF header and no more', 'image-invalid', () => file('short.gif', 'GIF89a')],
    ['a web address', 'unsupported', () => 'https://example.org/a.jpg'],
    ['a bucket address', 'unsupported', () => 's3://bucket/a.jpg'],
    ['a file: URL of another machine', 'image-missing', () => 'file://elsewhere/a.jpg'],
    ['a file: URL with a bare #', 'image-missing', () => `${pathToFileURL(file('b.png', png)).href}#1`],
    ['a data: URL with no data', 'image-invalid', () => 'data:image/png;base64'],
  ])('%s is %s and named', async (_, code, make) => {
    const uri = make();
    const error = await errorOf(uri);
    expect(error.code).toBe(code);
    expect(error.message).toContain(uri.startsWith('data:') ? 'data:' : uri.slice(0, 60));
    const filled = preprocessor.fill(Image.fromUri(uri), batch, 0);
    // What libvips adds in brackets comes out of a buffer that all threads of the process share.
    const [message] = error.message.split(' (');
    await expect(filled).rejects.toMatchObject({ code, message: expect.stringContaining(message!) });
  });

  it('says that a file is a link to nothing, as DVC and git-annex leave it', async () => {
    const link = join(folder, 'link.jpg');
    symlinkSync('../.git/annex/objects/1f', link);
    const error = await errorOf(link);
    expect(error.code).toBe('image-missing');
    expect(error.message).toContain('; it is a link to nothing: fetch what it stands for');
  });

  it('keeps the cause', async () => {
    expect((await errorOf(join(folder, 'nowhere.jpg'))).cause).toMatchObject({ code: 'ENOENT' });
    expect((await errorOf(file('cause.jpg', jpeg.subarray(0, -2)))).cause).toBeInstanceOf(Error);
  });

  it('a PNG of 30,000 x 30,000 is image-too-large, from its header', async () => {
    const whole = blackPng(30_000, 30_000);
    for (const path of [file('bomb.png', whole), file('bomb-header.png', whole.subarray(0, 100))]) {
      const error = await errorOf(path);
      expect(error.code).toBe('image-too-large');
      expect(error.message).toContain('30000 x 30000');
    }
  });

  it('maxPixels refuses at one pixel less and takes exactly as many', async () => {
    const path = file('limit.png', png);
    expect((await errorOf(path, { maxPixels: 16 * 12 - 1 })).code).toBe('image-too-large');
    expect((await decodeImage(Image.fromUri(path), { maxPixels: 16 * 12 })).width).toBe(16);
  });

  it('maxPixels counts the pixels of a JPEG before it is decoded', async () => {
    const at = Buffer.from(jpeg).indexOf(Buffer.of(0xff, 0xc0));
    const huge = Uint8Array.from(jpeg);
    huge.set([0xea, 0x60, 0xea, 0x60], at + 5);
    const error = await errorOf(file('huge.jpg', huge));
    expect([error.code, error.message]).toEqual(['image-too-large', expect.stringContaining('60000 x 60000')]);
    const path = file('small.jpg', jpeg);
    expect((await errorOf(path, { maxPixels: 32 * 24 - 1 })).code).toBe('image-too-large');
    expect((await decodeImage(Image.fromUri(path), { maxPixels: 32 * 24 })).width).toBe(32);
    await expect(preprocessor.fill(Image.fromUri(file('vast.jpg', huge)), batch, 0)).rejects.toMatchObject({
      code: 'image-too-large',
      message: expect.stringContaining('60000 x 60000') as string,
    });
  });

  it('a signal that fired is aborted', async () => {
    const error = await errorOf(file('c.png', png), { signal: AbortSignal.abort('enough') });
    expect([error.code, error.cause]).toEqual(['aborted', 'enough']);
  });

  it('a broken image is an error of fill, and the same row can be filled after it', async () => {
    const broken = preprocessor.fill(Image.fromBytes(jpeg.subarray(0, -2)), batch, 0);
    await expect(broken).rejects.toMatchObject({ code: 'image-invalid' });
    expect((await preprocessor.fill(Image.fromBytes(jpeg), batch, 0)).original).toEqual({ width: 32, height: 24 });
  });
});

describe('file names', () => {
  const names = [
    'a b.png',
    `it's "quoted".png`,
    'a#1.png',
    '100%.png',
    'a%20b.png',
    'd[1].png',
    'Zoë–写真.png',
    'q?x=1.png',
  ];

  it.each(names)('%s opens as a path, as a file: URL and in a folder of that name', async (name) => {
    const path = file(name, png);
    const inside = join(folder, `dir ${name}`);
    mkdirSync(inside);
    const nested = file(`dir ${name}/x.png`, png);
    for (const uri of [path, pathToFileURL(path).href, nested, pathToFileURL(nested).href]) {
      expect((await decodeImage(Image.fromUri(uri))).width).toBe(16);
    }
  });

  it('a%20b.png as a path is not the file "a b.png"', async () => {
    file('only with space.png', png);
    expect((await errorOf(join(folder, 'only%20with%20space.png'))).code).toBe('image-missing');
  });
});

describe('URIs that are not files', () => {
  it('data: URLs are decoded, base64 or percent-encoded', async () => {
    const percent = Array.from(png, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    for (const uri of [`data:image/png;base64,${pillow.files['rgb.png']!}`, `data:image/png,${percent}`]) {
      expect((await decodeImage(Image.fromUri(uri))).height).toBe(12);
    }
  });

  it('open is asked for remote URIs only, and its failure is io', async () => {
    const asked: string[] = [];
    const open = async (uri: string): Promise<Uint8Array> => {
      asked.push(uri);
      if (uri.endsWith('gone.png')) throw new Error('404');
      return png;
    };
    await decodeImage(Image.fromUri('s3://bucket/a.png'), { open });
    await decodeImage(Image.fromUri(file('local.png', png)), { open });
    expect((await errorOf('https://example.org/gone.png', { open })).code).toBe('io');
    expect(asked).toEqual(['s3://bucket/a.png', 'https://example.org/gone.png']);
  });
});
