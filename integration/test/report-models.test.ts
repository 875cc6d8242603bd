import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import { predictDemo, predictDemoTwice } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-models-'));
  await predictDemoTwice(folder);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function report(name: string, first: string, second: string, ...more: readonly string[]): Promise<Page> {
  const path = join(folder, `${name}.html`);
  await qualm('report', join(folder, first), '--against', join(folder, second), ...more, '--out', path);
  const { page, complaints } = await openPage(browser, pathToFileURL(path).href);
  expect(complaints).toEqual([]);
  return page;
}

const numberIn = (text: string | null): number => Number(/\d[\d,]*$/.exec(text!)![0].replace(',', ''));
const count = async (page: Page): Promise<number> =>
  Number(/[\d,]+/.exec((await page.locator('.count').textContent())!)![0].replace(',', ''));
const settled = (page: Page): Promise<void> => page.locator('.side:not([aria-busy])').waitFor({ state: 'attached' });
const outcome = (page: Page, name: string): Locator => page.locator('.models .class-bars button', { hasText: name });

async function sortBy(page: Page, ends: string): Promise<void> {
  const options = await page.getByLabel('Sort by').locator('option').allTextContents();
  await page.getByLabel('Sort by').selectOption({ label: options.find((text) => text.endsWith(ends))! });
}

/** How many boxes of 0.2 or more a list has, and how many of these score 0.35 or more. */
async function listed(): Promise<readonly [all: number, sure: number]> {
  const path = join(folder, 'boxes.json');
  await qualm('rank', join(folder, 'all'), '--limit', '100000', '--out', path, '--force');
  const rows = JSON.parse(await readFile(path, 'utf8')) as { readonly score: number }[];
  return [rows.length, rows.filter(({ score }) => score >= 0.35).length];
}

describe('boxes that only the second of two models found', () => {
  it('are cells of their own where they are asked for, with the count that the filter says', async () => {
    const [all, sure] = await listed();
    const page = await report('alone', 'sure', 'all');
    await settled(page);
    expect(await count(page)).toBe(sure);
    expect(await page.locator('.cell .alone').count()).toBe(0);
    expect(numberIn(await outcome(page, 'only in sure').textContent())).toBe(0);
    const button = outcome(page, 'only in all');
    expect(numberIn(await button.textContent())).toBe(all - sure);
    await button.click();
    await expect.poll(() => count(page)).toBe(all - sure);
    expect(await page.locator('.partial').textContent()).toContain('none of sure');
    const cell = page.locator('.cell').first();
    expect(await cell.locator('.alone').textContent()).toBe('only in all');
    expect(await cell.locator('.box.deciding').getAttribute('data-layer')).toBe('1');
    const values = await page.locator('.cell .value').allTextContents();
    await page.locator('.toolbar').getByLabel('Order').selectOption({ label: 'most sure first' });
    await expect.poll(async () => page.locator('.cell .value').first().textContent()).not.toBe(values[0]);
    await page.locator('.toolbar').getByLabel('Order').selectOption({ label: 'least sure first' });
    expect(await seriousFaults(page)).toEqual([]);
    // A class, the close-up, a mark, and all of it again by its link.
    await page.locator('.side .panel', { hasText: 'Boxes by class' }).locator('.class-bars button').first().click();
    await expect.poll(() => count(page)).toBeLessThan(all - sure);
    const ofClass = await count(page);
    await cell.click();
    expect(await page.locator('.differences summary').textContent()).toBe('1 difference: 1 only in all');
    expect(await page.locator('.detail .vector p').textContent()).toMatch(/^Box \d+ of all may be$/);
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    expect(await page.locator('.count').textContent()).toContain('1 accepted');
    await expect.poll(() => page.url()).toContain('label=');
    const again = await openPage(browser, page.url());
    await expect.poll(() => count(again.page)).toBe(ofClass);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => count(page)).toBe(sure);
    await sortBy(page, ', all');
    await expect.poll(() => count(page)).toBe(all);
  });

  it('are exported as no box of the first model', async () => {
    const page = await report('exported', 'sure', 'all', '--cells', '40');
    await outcome(page, 'only in all').click();
    await page.keyboard.press('e');
    await page.locator('#export-as').selectOption('json');
    const saving = page.waitForEvent('download');
    await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Save' }).click();
    const path = join(folder, 'shown.json');
    await (await saving).saveAs(path);
    const { selection } = JSON.parse(await readFile(path, 'utf8')) as { readonly selection: object[] };
    expect(selection[0]).toMatchObject({ model: 'all', box_index: null });
  });

  it('are the whole page where the first model found nothing, and none where the second one did', async () => {
    await predictDemo(join(folder, 'nothing'), ['--min-score', '0.999999']);
    const page = await report('empty', 'nothing', 'sure');
    expect(await count(page)).toBe(0);
    expect(await page.locator('.grid').getAttribute('data-empty')).toBe(
      'There are no boxes of nothing in this report.',
    );
    await settled(page);
    await outcome(page, 'only in sure').click();
    await expect.poll(() => count(page)).toBe((await listed())[1]);
    const other = await report('bare', 'sure', 'nothing');
    await settled(other);
    expect(numberIn(await outcome(other, 'only in nothing').textContent())).toBe(0);
    expect(numberIn(await outcome(other, 'only in sure').textContent())).toBe(await count(other));
  });
});

describe('a page of images, sorted by what the second model says', () => {
  it('shows that model’s box, with its classes, in the grid and looked at closely', async () => {
    const page = await report('images', 'sure', 'all', '--by', 'image');
    const deciding = page.locator('.cell .box.deciding').first();
    expect(await deciding.getAttribute('data-layer')).toBe('0');
    const before = await page.locator('.cell .caption').first().textContent();
    await sortBy(page, ', all');
    await expect.poll(() => deciding.getAttribute('data-layer')).toBe('1');
    expect(await page.locator('.cell .where').first().textContent()).toMatch(/^box \d+ of all$/);
    expect(await page.locator('.cell').first().locator('.bar').count()).toBe(3);
    expect(await page.locator('.cell .caption').first().textContent()).not.toBe(before);
    await page.locator('.cell').first().click();
    expect(await page.locator('.panes .box.deciding').getAttribute('data-layer')).toBe('1');
    expect(await page.locator('.panes .box.deciding.chosen').count()).toBe(1);
    expect(await page.locator('.detail .vector .bar').count()).toBe(5);
    await page.keyboard.press('Escape');
    await sortBy(page, 'all − sure');
    await expect.poll(() => deciding.getAttribute('data-layer')).toBe('1');
    expect(await seriousFaults(page)).toEqual([]);
  });
});
