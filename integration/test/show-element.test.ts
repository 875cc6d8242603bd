import { join } from 'node:path';
import { build } from 'esbuild';
import sharp from 'sharp';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../src/browser.ts';
import type { WatchedPage } from '../src/browser.ts';
import { root } from '../src/repository.ts';
import { servePage } from '../src/serve-page.ts';

describe('showElement(value) in Chromium', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  let watched: WatchedPage;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'integration/consumers/show-element.ts')],
      ...{ bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    });
    browser = await launchBrowser();
    server = await servePage(outputFiles[0]!.text);
    watched = await openPage(browser, server.url);
    const jpeg = await sharp({ create: { width: 160, height: 120, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    const uri = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
    await watched.page.evaluate(`import('/bundle.js').then(({ fillPage }) => fillPage('${uri}'))`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const cell = (at: number) => watched.page.locator('.qualm-shown').nth(at);

  it('is a table with its thumbnails, text as text', async () => {
    const words = await cell(0).locator('td').allTextContents();
    expect(words.map((text) => text.trim())).toEqual(['', '<script>alert(1)</script>', '0.25']);
    expect((await cell(0).locator('td svg').boundingBox())!.width).toBe(160);
  });

  it('is an image with its layers, no wider than asked for', async () => {
    expect((await cell(1).locator('svg').boundingBox())!.width).toBe(160);
    expect((await cell(2).locator('svg').boundingBox())!.width).toBe(80);
    expect(await cell(1).locator('svg').textContent()).toContain('cat <b>');
    const { data } = await sharp(await cell(1).locator('svg').screenshot())
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number): number[] => [...data.subarray(3 * (160 * y + x), 3 * (160 * y + x) + 3)];
    expect(pixel(140, 100)[0]).toBeLessThan(10);
    expect(Math.abs(pixel(140, 100)[1]! - 128)).toBeLessThan(10);
    expect(pixel(55, 45)[2]).toBeGreaterThan(180);
  });

  it('says what is not for a page, and shows charts', async () => {
    expect(await cell(3).locator('pre').textContent()).toBe('no picture: file:///etc/passwd is not for a page');
    expect(await cell(4).locator('img').getAttribute('alt')).toContain('2 rows, margin from 0.1 to 0.5');
    expect(watched.complaints).toEqual([]);
  });

  it('charts are elements that say their numbers under the pointer', async () => {
    const { page } = watched;
    await page.evaluate(`document.body.replaceChildren(); import('/bundle.js').then(({ fillCharts }) => fillCharts())`);
    const chart = (at: number) => page.locator('body > svg.chart').nth(at);
    expect(await page.locator('body > svg.chart').count()).toBe(4);
    const over = async (at: number, mark: string, across = 0.5): Promise<string> => {
      await chart(at).scrollIntoViewIfNeeded();
      const box = (await chart(at).locator(mark).first().boundingBox())!;
      await page.mouse.move(box.x + box.width * across, box.y + box.height * (1 - across));
      const tip = chart(at).locator('[aria-label=tip]');
      await expect.poll(() => tip.textContent()).not.toBe('');
      return (await tip.textContent())!;
    };
    expect(await over(0, '[aria-label=rect] rect:last-child')).toMatch(/margin 0\.49.0\.5.*count 2/s);
    expect(await over(1, '[aria-label=cell] rect')).toContain('cat <b>');
    expect(await over(2, '[aria-label=bar] rect')).toMatch(/(boxes|count).?3/);
    expect(await over(3, '[aria-label=line] path', 1)).toMatch(/labels.?40/);
    expect(await chart(0).locator('> title').textContent()).toBe('Uncertainty');
    expect(watched.complaints).toEqual([]);
  });
});
