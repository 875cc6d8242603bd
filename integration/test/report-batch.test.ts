import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exported, launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import { dataOfPage } from '../src/data-of-page.ts';
import type { WatchedPage } from '../src/browser.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';

let browser: Browser;
let folder: string;
let predictions: string;
const shown = ['--min-score', '0.1'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-batch-'));
  browser = await launchBrowser();
  predictions = join(folder, 'predictions');
  await predictDemo(predictions);
  await qualm('report', predictions, '--out', join(folder, 'images.html'), '--by', 'image', ...shown);
  await qualm('report', predictions, '--out', join(folder, 'boxes.html'), ...shown);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function open(name: string, options: BrowserContextOptions = {}, hash = ''): Promise<WatchedPage> {
  return openPage(browser, `${pathToFileURL(join(folder, name)).href}${hash}`, options);
}

const count = (page: Page): Promise<string> => page.locator('.count').textContent() as Promise<string>;
const total = async (page: Page): Promise<number> => Number(/^([\d,]+) /.exec(await count(page))![1]!.replace(',', ''));
const selected = (page: Page): Promise<string[]> =>
  page
    .locator('.cell')
    .evaluateAll((all) =>
      all.filter((one) => one.ariaSelected === 'true').map((one) => (one as HTMLElement).dataset['position']!),
    );

interface ReportCells {
  readonly id: readonly string[];
  readonly imageId: readonly string[];
  readonly deciding: readonly [{ readonly box: readonly number[] }];
}

async function cellsOf(file: string): Promise<ReportCells> {
  const data = dataOfPage(await readFile(join(folder, file), 'utf8'));
  return (data as { cells: ReportCells }).cells;
}

describe('a batch on the page of a report', () => {
  it('is judged by one key for each image', async () => {
    const { page, complaints } = await open('images.html');
    const all = await total(page);
    await page.locator('.cell').first().focus();
    for (let turn = 0; turn < all; turn++) await page.keyboard.press(turn % 3 === 0 ? 'x' : 'a');
    const rejected = Math.ceil(all / 3);
    expect(await count(page)).toBe(`${all} images, ${all - rejected} accepted, ${rejected} rejected`);
    await page.keyboard.press('z');
    await page.keyboard.press('Control+z');
    expect(await count(page)).toMatch(new RegExp(`^${all} images, \\d+ accepted, \\d+ rejected$`));
    expect(await page.locator('.cell[data-mark]').count()).toBeLessThan(all);
    expect(complaints).toEqual([]);
  });

  it('is selected by ranges, by ticks, by keys and by buttons, and marked as one step', async () => {
    const { page, complaints } = await open('boxes.html');
    const all = await total(page);
    await page
      .locator('.cell')
      .nth(1)
      .click({ modifiers: ['Control'] });
    expect(await selected(page)).toEqual(['1']);
    await page
      .locator('.cell')
      .nth(3)
      .click({ modifiers: ['Shift'] });
    expect(await selected(page)).toEqual(['1', '2', '3']);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await selected(page)).toEqual(['1', '2', '3', '4']);
    await page.locator('.cell').nth(2).hover();
    await page.locator('.cell').nth(2).hover();
    await page.locator('.cell').nth(2).locator('.tick').click();
    expect(await selected(page)).toEqual(['1', '3', '4']);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.keyboard.press('a');
    expect(await count(page)).toBe(`${all} boxes, 3 selected, 3 accepted`);
    await page.keyboard.press('i');
    expect(await count(page)).toBe(`${all} boxes, ${all - 3} selected, 3 accepted`);
    await page.getByRole('button', { name: 'Reject: leave out' }).click();
    expect(await count(page)).toBe(`${all} boxes, ${all - 3} selected, 3 accepted, ${all - 3} rejected`);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await count(page)).toMatch(/, 3 accepted$/);
    await page.locator('h1').click();
    await page.keyboard.press('Escape');
    expect(await count(page)).toBe(`${all} boxes, 3 accepted`);
    await page.getByLabel('How many to select').fill('2');
    await page.getByRole('button', { name: 'First', exact: true }).click();
    expect(await selected(page)).toEqual(['0', '1']);
    await page.getByRole('button', { name: 'All shown' }).click();
    expect(await count(page)).toBe(`${all} boxes, ${all} selected, 3 accepted`);
    await page.getByLabel('Marks').selectOption('accept');
    expect(await count(page)).toBe(`3 of ${all} boxes, 3 selected, 3 accepted`);
    expect(complaints).toEqual([]);
  });

  it.each(['csv', 'json', 'coco.json'] as const)(
    'is exported as %s, which batch --labelled and report --only take',
    async (form) => {
      const { page } = await open('images.html');
      await page.getByLabel('How many to select').fill('5');
      await page.getByLabel('How many to select').press('Enter');
      await page.locator('.cell').first().focus();
      await page.keyboard.press('a');
      const file = await exported(page, 'accepted', form);
      const chosen = (await cellsOf('images.html')).imageId.slice(0, 5);
      const rest = JSON.parse(
        await qualm('batch', predictions, '--count', '1000', '--json', ...shown, '--labelled', file),
      ) as { image_id: string }[];
      expect(rest.length).toBeGreaterThan(0);
      expect(rest.map(({ image_id }) => image_id).filter((id) => chosen.includes(id))).toEqual([]);
      const only = ['--only', file, '--by', 'image', ...shown, '--out', join(folder, `only-${form}.html`)];
      await qualm('report', predictions, ...only);
      expect([...(await cellsOf(`only-${form}.html`)).imageId].sort()).toEqual([...chosen].sort());
    },
  );

  it.each(['csv', 'json'] as const)('of boxes, as %s, is these boxes and no others for report --only', async (form) => {
    const { page } = await open('boxes.html');
    await page.locator('.cell').first().focus();
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    const file = await exported(page, 'selected', form);
    const out = `boxes-${form}.html`;
    await qualm('report', predictions, '--only', file, ...shown, '--out', join(folder, out));
    const { id } = await cellsOf('boxes.html');
    expect([...(await cellsOf(out)).id].sort()).toEqual(id.slice(0, 4).sort());
  });

  it('as COCO has valid images, categories and boxes', async () => {
    const { page } = await open('images.html');
    const coco = JSON.parse(await readFile(await exported(page, 'shown', 'coco.json'), 'utf8')) as {
      images: { id: number; file_name: string; width: number; height: number }[];
      annotations: { id: number; image_id: number; category_id: number; bbox: number[]; score: number }[];
      categories: { id: number; name: string }[];
    };
    const images = new Map(coco.images.map((image) => [image.id, image]));
    expect(images.size).toBe(await total(page));
    expect(new Set(coco.annotations.map(({ id }) => id)).size).toBe(coco.annotations.length);
    expect(coco.annotations.length).toBeGreaterThan(images.size);
    const categories = new Set(coco.categories.map(({ id }) => id));
    for (const { image_id, category_id, bbox, score } of coco.annotations) {
      const { width, height } = images.get(image_id)!;
      const [x, y, w, h] = bbox as [number, number, number, number];
      expect(categories).toContain(category_id);
      expect(x >= -1 && y >= -1 && x + w <= width + 1 && y + h <= height + 1 && w > 0 && h > 0).toBe(true);
      expect(score > 0 && score <= 1).toBe(true);
    }
  });
});

describe('the layout of a report', () => {
  it.each([1920, 1440, 1280, 1024, 900, 390])('fills a window of %i pixels', async (width) => {
    const { page } = await open('boxes.html', { viewport: { width, height: 800 } });
    const blank = (): Promise<number> =>
      page.locator('.grid').evaluate((grid) => {
        const cells = Array.from(grid.querySelectorAll('.row:first-child .cell'));
        return grid.getBoundingClientRect().left + grid.clientWidth - cells.at(-1)!.getBoundingClientRect().right;
      });
    await expect.poll(blank).toBeLessThan(12);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('has cells as large as the slider says, and says so in the address', async () => {
    const { page } = await open('boxes.html');
    const columns = async (): Promise<number> => Number(await page.locator('.grid').getAttribute('aria-colcount'));
    const before = await columns();
    await page.getByRole('slider', { name: 'Size' }).fill('360');
    await expect.poll(columns).toBeLessThan(before);
    const { hash } = new URL(page.url());
    expect(hash).toBe('#size=360');
    const again = await open('boxes.html', {}, hash);
    expect(await again.page.locator('.grid').getAttribute('aria-colcount')).toBe(String(await columns()));
    // There is nothing to take back but what the grid looks like, which stays.
    expect(await page.getByRole('button', { name: 'Reset' }).isVisible()).toBe(false);
    await page.getByLabel('Words').fill('jpg');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#size=360');
  });

  it('folds its panels', async () => {
    const { page } = await open('boxes.html');
    const bars = page.locator('.class-bars');
    await bars.waitFor();
    await page.locator('summary', { hasText: 'Classes' }).click();
    expect(await bars.isVisible()).toBe(false);
  });

  const small = [
    ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ['a laptop at 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ] as const;
  it.each(small)('of %s is the grid, and a sheet of filters behind a button', async (_, options) => {
    const { page, complaints } = await open('boxes.html', options);
    await page.locator('.cell img').first().waitFor();
    const all = await count(page);
    const height = options.viewport.height;
    expect((await page.locator('header').boundingBox())!.height).toBeLessThan(0.25 * height);
    expect((await page.locator('.grid').boundingBox())!.height).toBeGreaterThan(0.7 * height);
    expect(await page.getByLabel('Words').isVisible()).toBe(false);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Score from').fill('0.5');
    await page.getByLabel('Score from').press('Tab');
    expect(await page.locator('.cell').first().isVisible()).toBe(false);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /^Show \d+ of/ }).click();
    expect(await page.locator('.cell').first().isVisible()).toBe(true);
    expect(await count(page)).not.toBe(all);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it('prints what is shown, in rows, without controls, and goes on afterwards', async () => {
    const { page } = await open('boxes.html');
    await page.locator('.cell img').first().waitFor();
    const all = await total(page);
    const before = await page.locator('.cell').count();
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g)!.length;
    expect(pages).toBeGreaterThan(all / 40);
    expect(pages).toBeLessThan(all / 8 + 2);
    expect(pdf.match(/\/Subtype\s*\/Image\b/g)!.length).toBeGreaterThan(all / 2);
    await expect.poll(() => page.locator('.cell').count()).toBe(before);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('.cell').count()).toBe(all);
    expect(await page.getByLabel('Words').isVisible()).toBe(false);
    const places = await page
      .locator('.cell')
      .evaluateAll((cells) =>
        cells.map((cell) => cell.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width]),
      );
    expect(new Set(places.map(([x, y]) => `${x} ${y}`)).size).toBe(all);
    for (const [, , width] of places) expect(width).toBeGreaterThan(100);
  });
});
