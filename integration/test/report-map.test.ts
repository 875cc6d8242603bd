import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createReport } from '@qualm/report';
import type { ReportCell, ReportVectors } from '@qualm/report';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import type { WatchedPage } from '../src/browser.ts';

let browser: Browser;
let folder: string;

/** Four crowds in the corners of the map, of 30 cells each; in each crowd every third cell is there
 * twice more. Names are hostile.
 */
const crowd = 30;
const cells: ReportCell[] = Array.from({ length: 4 * crowd }, (_, at) => ({
  ...{
    id: `c${at}`,
    imageId: `i${at >> 1}`,
    image: `<img src=x onerror=alert(1)>${at >> 1}.jpg`,
    width: 40,
    height: 30,
  },
  ...{ region: { x: 0, y: 0, width: 40, height: 30 }, boxes: [{ xmin: 4, ymin: 4, xmax: 20, ymax: 20, box: 0 }] },
  ...{ box: 0, label: at % 3, second: (at + 1) % 3, score: 0.6, secondScore: 0.3, values: [at / 200] },
}));
const vectors: ReportVectors = {
  ...{ words: 'tests', dimensions: 3, step: 0.01, near: 0.05 },
  numbers: Int8Array.from(
    cells.flatMap((_, at) => {
      const [corner, within] = [Math.floor(at / crowd), Math.floor((at % crowd) / 3)];
      return [(corner % 2 ? 90 : -90) + within, (corner > 1 ? 90 : -90) + (at % 3), 10 * within];
    }),
  ),
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-map-'));
  browser = await launchBrowser();
  const options = { labels: ['cat', 'dog', '<b>fox'], strategies: [{ name: 'margin', order: 'ascending' as const }] };
  await writeFile(join(folder, 'map.html'), createReport(cells, { ...options, vectors }));
  await writeFile(join(folder, 'plain.html'), createReport(cells, options));
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function open(hash = '', options: BrowserContextOptions = {}, name = 'map.html'): Promise<WatchedPage> {
  return openPage(browser, `${pathToFileURL(join(folder, name)).href}${hash}`, options);
}

const count = async (page: Page): Promise<string> => (await page.locator('header .count').textContent())!;
const places = (page: Page): Promise<string[]> =>
  page.locator('.cell').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['index']!));

/** Draws around a part of the map, by its sides in hundredths. */
async function lasso(page: Page, left: number, top: number, right: number, bottom: number): Promise<void> {
  const canvas = page.locator('.map canvas');
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  const to = (across: number, down: number, steps = 4): Promise<void> =>
    page.mouse.move(x + (width * across) / 100, y + (height * down) / 100, { steps });
  await to(left, top, 1);
  await page.mouse.down();
  await to(right, top);
  await to(right, bottom);
  await to(left, bottom);
  await page.mouse.up();
}

describe('what is alike, on the page of a report', () => {
  it('folds into one cell, which opens; the link says so', async () => {
    const { page, complaints } = await open();
    expect(await count(page)).toBe('120 boxes');
    await page.getByLabel('Fold').selectOption('near duplicates folded');
    expect(await count(page)).toBe('40 of 120 boxes');
    expect(await page.locator('.folded').first().textContent()).toBe('and 2 like it');
    await expect.poll(() => page.url()).toContain('#fold=0.05');
    await page.locator('.folded').first().click();
    expect(await count(page)).toBe('3 of 120 boxes');
    expect(await places(page)).toEqual(['0', '1', '2']);
    await page.getByRole('button', { name: /^All like/ }).click();
    expect(await count(page)).toBe('40 of 120 boxes');
    await page.locator('.cell').nth(1).focus();
    await page.keyboard.press('g');
    expect(await places(page)).toEqual(['3', '4', '5']);
    // The address follows a moment later.
    await expect.poll(() => page.url()).toContain('group=c3');
    const again = await open(new URL(page.url()).hash);
    expect(await places(again.page)).toEqual(['3', '4', '5']);
    expect([...complaints, ...again.complaints]).toEqual([]);
  });

  it('folds farther by the slider, and all but one of an image', async () => {
    const { page } = await open('#fold=0.05');
    await page.getByLabel('up to').fill('0.15');
    await page.getByLabel('up to').dispatchEvent('change');
    expect(Number(/^(\d+) of/.exec(await count(page))![1])).toBeLessThan(40);
    await page.getByLabel('Fold').selectOption('one of an image');
    expect(await count(page)).toBe('60 of 120 boxes');
    expect(await page.locator('.folded').first().textContent()).toBe('and 1 of this image');
  });

  it('comes first by m, from the grid and from the close-up, and last by unlike', async () => {
    const { page } = await open();
    await page.locator('.cell').nth(4).focus();
    await page.keyboard.press('m');
    expect((await places(page)).slice(0, 3).sort()).toEqual(['3', '4', '5']);
    await expect.poll(() => page.url()).toContain('like=c4');
    await page.locator('.cell').first().click();
    await page.getByRole('button', { name: 'More like this' }).click();
    expect(await page.locator('dialog.detail').isVisible()).toBe(false);
    await page.getByRole('button', { name: /^Most like/ }).click();
    await page.locator('.cell').first().focus();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Unlike these' }).click();
    // The opposite corner.
    expect(Number((await places(page))[0])).toBeGreaterThanOrEqual(90);
    await page.getByRole('button', { name: /^Least like/ }).click();
    expect((await places(page))[0]).toBe('0');
  });

  it('is a part of the map that a pointer draws, or that numbers say', async () => {
    const { page, complaints } = await open('', { viewport: { width: 1280, height: 1000 } });
    await lasso(page, 1, 60, 40, 99);
    expect(await count(page)).toBe('30 of 120 boxes');
    expect(new Set((await places(page)).map((at) => Math.floor(Number(at) / crowd)))).toEqual(new Set([0]));
    await page.getByRole('button', { name: 'Whole map' }).click();
    expect(await count(page)).toBe('120 boxes');
    await page.getByText('A part by numbers').click();
    await page.getByLabel('left %').fill('60');
    await page.getByLabel('bottom %').fill('40');
    await page.getByRole('button', { name: 'Show this part' }).click();
    expect(await count(page)).toBe('30 of 120 boxes');
    await page.getByRole('button', { name: 'a part of the map ×' }).click();
    expect(await count(page)).toBe('120 boxes');
    expect(complaints).toEqual([]);
  });

  it('says what a point is, and opens it', async () => {
    const { page } = await open('', { viewport: { width: 1280, height: 1000 } });
    const canvas = page.locator('.map canvas');
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await canvas.boundingBox())!;
    await page.mouse.move(x + width * 0.98, y + height * 0.5);
    expect(await page.locator('.map-said').textContent()).toMatch(/^Draw around points/);
    await page.mouse.move(x + width * 0.03, y + height * 0.96);
    expect(await page.locator('.map-said').textContent()).toMatch(/cat 0\.60 or dog 0\.30.*onerror/);
    await page.mouse.down();
    await page.mouse.up();
    expect(await page.locator('dialog.detail').isVisible()).toBe(true);
  });

  it.each<[string, string, BrowserContextOptions]>([
    ['light', '#fold=0.05&colours=class&part=0,500,500,500,500,1000,0,1000', {}],
    ['dark', '#like=c3', { colorScheme: 'dark' }],
    ['on a telephone', '#fold=image', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ])('axe finds nothing serious in it, %s', async (_, hash, options) => {
    const { page } = await open(hash, options);
    if (options.isMobile) await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByText('A part by numbers').click();
    expect(await seriousFaults(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });

  it('is larger by its button, and nothing of it is there without vectors', async () => {
    const { page } = await open();
    const width = async (): Promise<number> => (await page.locator('.map').boundingBox())!.width;
    const before = await width();
    await page.getByRole('button', { name: 'Large' }).click();
    expect(await width()).toBeGreaterThan(1.3 * before);
    const plain = await open('#fold=0.05&part=0,0,9,0,9,9&like=c3', {}, 'plain.html');
    expect(await count(plain.page)).toBe('120 boxes');
    expect(await plain.page.locator('.map').count()).toBe(0);
    expect(await plain.page.getByLabel('Fold').locator('option').allTextContents()).toEqual([
      'nothing folded',
      'one of an image',
    ]);
  });
});
