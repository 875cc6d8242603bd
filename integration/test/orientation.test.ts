import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../src/browser.ts';
import { root } from '../src/repository.ts';

interface Turned {
  readonly format: string;
  readonly orientation: number;
  readonly size: readonly [number, number];
  readonly quarters: string;
  readonly bytes: string;
}

const file = join(root, 'packages/vision/fixtures/orientation/turned.json');
const pictures = JSON.parse(readFileSync(file, 'utf8')) as Turned[];

/** The size of a picture and the colours of its quarters, as the page draws it. */
const shown = `async (url) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  context.drawImage(image, 0, 0);
  const quarters = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => {
    const pixel = [...context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data].slice(0, 3);
    return 'RGB'[pixel.indexOf(Math.max(...pixel))];
  }));
  return { size: [width, height], quarters: quarters.join('') };
}`;

describe('Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('shows pictures with an EXIF orientation as qualm decodes them: all turned but WebP', async () => {
    const page = await browser.newPage();
    for (const { format, orientation, size, quarters, bytes } of pictures) {
      const url = `data:image/${format};base64,${bytes}`;
      const seen = await page.evaluate(`(${shown})(${JSON.stringify(url)})`);
      expect({ format, orientation, seen }).toEqual({ format, orientation, seen: { size, quarters } });
    }
  });
});
