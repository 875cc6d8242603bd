import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import { predictDemoTwice } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';

let browser: Browser;
let folder: string;

/** The demo's photographs in folders, what its detector finds in them, and the surest of it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-numbers-'));
  const photographs = await demoPhotographs(() => undefined);
  const names = (await readdir(photographs)).filter((name) => name.endsWith('.jpg')).sort();
  for (const [at, name] of names.entries()) {
    const place = join(folder, 'photos', at % 3 === 0 ? 'day' : at % 3 === 1 ? 'night/rain' : 'night/dry');
    await mkdir(place, { recursive: true });
    await copyFile(join(photographs, name), join(place, name));
  }
  await predictDemoTwice(folder, join(folder, 'photos'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function report(name: string, ...more: readonly string[]): Promise<Page> {
  const path = join(folder, `${name}.html`);
  await qualm('report', join(folder, 'all'), ...more, '--out', path);
  const { page } = await openPage(browser, pathToFileURL(path).href);
  return page;
}

const count = async (page: Page): Promise<number> =>
  Number(/[\d,]+/.exec((await page.locator('.count').textContent())!)![0].replace(',', ''));
/** However narrow the page is; keys open it to all. */
async function theFactsAreALine(page: Page): Promise<void> {
  const line = page.locator('.about summary');
  const { width, height } = page.viewportSize()!;
  for (const narrower of [1280, 1024, 768]) {
    await page.setViewportSize({ width: narrower, height });
    expect((await line.boundingBox())!.height, String(narrower)).toBeLessThan(30);
  }
  await line.press('Enter');
  expect(await page.locator('.about dd').allTextContents()).toContainEqual(expect.stringContaining('18 images'));
  const [seen, needed] = await line.evaluate(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth]);
  expect(needed).toBeLessThanOrEqual(seen!);
  await line.press('Enter');
  await page.setViewportSize({ width, height });
}

const settled = (page: Page): Promise<void> => page.locator('.side:not([aria-busy])').waitFor({ state: 'attached' });
const histogram = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });

/** Pulls from a part of a histogram to another, along its bottom. */
async function pull(page: Page, of: Locator, from: number, to: number): Promise<void> {
  const { x, y, width, height } = (await of.locator('.plot').boundingBox())!;
  await page.mouse.move(x + from * width, y + height - 6);
  await page.mouse.down();
  await page.mouse.move(x + to * width, y + height - 6, { steps: 4 });
  await page.mouse.up();
}

describe('numbers of the page', () => {
  it('a brush, keys and clicks narrow the grid, all together, in the link, and axe finds nothing', async () => {
    const page = await report('boxes', '--cells', '60');
    const all = await count(page);
    expect(all).toBeGreaterThan(20);
    expect(await page.locator('.about summary').textContent()).toMatch(
      /^coco-ssd\S* · file of \d+ \w+ 20\d\d · score ≥ 0\.2 · .*by \S.* · 18 images · [\d,]+ boxes$/,
    );
    await theFactsAreALine(page);
    const first = page.locator('.histogram').first();
    await pull(page, first, 0.02, 0.4);
    await expect.poll(() => count(page)).toBeLessThan(all);
    const brushed = await count(page);
    expect(await first.locator('.said').textContent()).toMatch(new RegExp(`: ${brushed}$`));
    await page.locator('.numbers summary', { hasText: 'size of the box' }).click();
    const size = histogram(page, 'Boxes by size of the box, % of its image');
    await size.getByRole('slider', { name: /, to$/ }).focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Shift+ArrowLeft');
    await settled(page);
    await expect.poll(() => count(page)).toBeLessThan(brushed);
    const both = await count(page);
    expect(await page.locator('.chips .chip').allTextContents()).toEqual([
      expect.stringMatching(/ ×$/),
      expect.stringMatching(/^size of the box, % of its image below [\d.]+ % ×$/),
    ]);
    expect(await seriousFaults(page)).toEqual([]);
    await expect.poll(() => page.url()).toContain('size');
    const again = await openPage(browser, page.url());
    await expect.poll(() => count(again.page)).toBe(both);
    await page.locator('.chips .chip').first().click();
    await page.keyboard.press('Tab');
    await size.getByRole('slider', { name: /, from$/ }).press('Escape');
    await expect.poll(() => count(page)).toBe(all);
  });

  it('folders, columns of a list and a sort by any number; what was kept is said', async () => {
    await qualm('rank', join(folder, 'all'), '--limit', '30', '--out', join(folder, 'list.csv'));
    const only = ['--only', join(folder, 'list.csv'), '--column', 'rank', 'label'];
    const page = await report('list', ...only, '--cells', '20');
    await page.getByLabel('Sort by').selectOption({ label: 'rank' });
    await page.locator('.toolbar').getByLabel('Order').selectOption({ label: 'smallest first' });
    await expect.poll(() => page.locator('.cell .value').first().textContent()).toBe('1');
    expect(await page.locator('.partial').textContent()).toMatch(/^Sorted within the first 20 of 30 boxes by /);
    const night = page.getByRole('group', { name: 'Folders' }).getByRole('button', { name: /^night/ });
    const wanted = Number(/\d+$/.exec((await night.textContent())!)![0]);
    await night.click();
    await expect.poll(() => count(page)).toBe(wanted);
    expect(await page.locator('.chips .chip').allTextContents()).toEqual(['night/ ×']);
    await page.locator('.chips .chip').click();
    const label = page.getByRole('group', { name: 'label' }).getByRole('button').first();
    const [, word, times] = /^(.*) (\d+)$/.exec((await label.textContent())!)!;
    await label.click();
    await expect.poll(() => count(page)).toBe(Number(times));
    expect(await page.locator('.chips .chip').allTextContents()).toEqual([`label: ${word} ×`]);
    expect(new Set(await page.locator('.cell .brought').allTextContents())).toEqual(new Set([word]));
    expect(await seriousFaults(page)).toEqual([]);
    const each = await report('each', '--cells', '20', '--by-each');
    expect(await count(each)).toBeGreaterThan(20);
    await each.getByLabel('Sort by').selectOption({ label: 'least confidence' });
    expect(await each.locator('.partial').isHidden()).toBe(true);
  });

  it('two models: counts agree with the list in the close-up, which lights both boxes', async () => {
    const page = await report('models', '--against', join(folder, 'sure'), '--by', 'image', '--cells', '30');
    await settled(page);
    const outcome = (name: string): Locator => page.locator('.models .class-bars button', { hasText: name });
    expect(await outcome('called differently').textContent()).toMatch(/0$/);
    await outcome('only in all').click();
    const wanted = Number(/\d+$/.exec((await outcome('only in all').textContent())!)![0]);
    await expect.poll(() => count(page)).toBe(wanted);
    expect(wanted).toBeGreaterThan(3);
    await page.locator('.cell').first().click();
    const list = page.locator('.differences');
    await list.locator('summary').click();
    const told = (await list.locator('summary').textContent())!;
    expect(await list.locator('tr[data-outcome=onlyFirst]').count()).toBe(Number(/(\d+) only in all/.exec(told)![1]));
    // Alone are boxes that the second one was not asked for.
    const scores = await list.locator('tr[data-outcome=onlyFirst] td:nth-child(2)').allTextContents();
    for (const text of scores) expect(Number(/[\d.]+$/.exec(text)![0])).toBeLessThanOrEqual(0.35);
    const agreed = list.locator('tr[data-outcome=agreed] button');
    if ((await agreed.count()) > 0) {
      await agreed.first().click();
      expect(await page.locator('.panes .box.chosen').count()).toBe(2);
    }
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const options = await page.getByLabel('Sort by').locator('option').allTextContents();
    await page.getByLabel('Sort by').selectOption({ label: options.find((text) => text.endsWith('sure − all'))! });
    expect(await page.locator('.toolbar').getByLabel('Order').locator('option').allTextContents()).toEqual([
      ...['sure less sure first', 'all less sure first'],
    ]);
  });
});
