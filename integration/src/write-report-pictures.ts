/** Draws the pictures of the report in `docs/pictures`, of photographs that may be shown: those
 * that its README lists.
 *
 *   QUALM_TEST_DATA=<folder> npx tsx integration/src/write-report-pictures.ts [name ...]
 */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { specs, testData } from '../../examples/setup/folders.ts';
import { launchBrowser, openPage } from './browser.ts';
import { printedPages } from './printed-pages.ts';
import { qualm } from './qualm.ts';
import { root } from './repository.ts';

const pictures = join(root, 'docs/pictures');
const data = testData();
if (data === null) throw new Error('write-report-pictures: no photographs of COCO; set QUALM_TEST_DATA');

const folder = await mkdtemp(join(tmpdir(), 'qualm-report-pictures-'));
const photographs = join(folder, 'photographs');
await mkdir(photographs);
for (const [name] of (await readFile(join(pictures, 'README.md'), 'utf8')).matchAll(/\d{12}\.jpg/g))
  await copyFile(join(data, 'coco-val2017/images', name), join(photographs, name));

const coco = join(data, 'coco-val2017/instances.json');
const [ours, theirs] = [await predicted('yolox-nano'), await predicted('nanodet-m')];
const boxes = await reported('boxes', [ours]);
const images = await reported('images', [ours, '--by', 'image']);
const mapped = await reported('mapped', [ours, '--map', 'umap', '--cells', '2000', '--min-score', '0.1']);
const wrong = join(folder, 'errors.html');
await qualm(
  'errors',
  ours,
  '--coco',
  coco,
  '--high-score',
  '0.4',
  '--out',
  join(folder, 'errors.csv'),
  '--report',
  wrong,
);
const beside = await reported('beside', [ours, '--by', 'image', '--against', theirs, '--coco', coco]);

const browser = await launchBrowser();
const wide = { width: 1280, height: 800 };
const narrow = { width: 420, height: 800 };
await write('report', [await shot(boxes, { viewport: wide })]);
await write('report-wide', [await shot(images, { viewport: { width: 1920, height: 1080 } })]);
await write('report-printed', await printed(boxes));
await write('report-detail', [await shot(images, { viewport: wide }, openFirst)]);
await write('report-aside', [
  await shot(beside, { viewport: wide, colorScheme: 'dark' }, async (page) => {
    await openFirst(page);
    await page.keyboard.press('s');
  }),
]);
await write('report-labels', [await shot(beside, { viewport: { width: 1280, height: 1400 } }, showCharts)]);
await write('report-narrow', [
  await shot(boxes, { viewport: narrow }),
  await shot(boxes, { viewport: narrow, colorScheme: 'dark' }, openFirst),
]);
await write('report-questions', [
  await shot(images, { viewport: wide }, openQuestions),
  await shot(images, { viewport: narrow, hasTouch: true, isMobile: true }, openQuestions),
]);
await write('report-map', [await shot(mapped, { viewport: wide }, showMap)]);
await write('report-errors', [await shot(pathToFileURL(wrong).href, { viewport: wide })]);
await browser.close();
await rm(folder, { recursive: true });

async function predicted(model: string): Promise<string> {
  const out = join(folder, model);
  const spec = ['--model', join(specs, `${model}.json`), '--model-root', join(data!, 'models'), '--device', 'cpu'];
  await qualm('predict', '--images', photographs, ...spec, '--out', out);
  return out;
}

async function reported(name: string, args: readonly string[]): Promise<string> {
  const out = join(folder, `${name}.html`);
  await qualm('report', ...args, '--out', out);
  return pathToFileURL(out).href;
}

async function openFirst(page: Page): Promise<void> {
  await page.locator('.cell').first().press('Enter');
  await page.locator('dialog[open] img').first().waitFor();
}

/** A question about a box with several classes. */
async function openQuestions(page: Page): Promise<void> {
  await page.keyboard.press('q');
  await page.locator('.look img').waitFor();
}

/** The panels beside the grid, scrolled to their charts. */
async function showCharts(page: Page): Promise<void> {
  await page.locator('.side').evaluate((side) => {
    side.querySelector('img')!.scrollIntoView({ block: 'start' });
  });
}

async function showMap(page: Page): Promise<void> {
  await page.locator('.map').evaluate((map) => {
    map.closest('details')!.scrollIntoView({ block: 'start' });
  });
}

async function shot(
  url: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Buffer> {
  const { page, context } = await openPage(browser, url, options);
  await page.locator('.cell img').first().waitFor();
  await page.locator('.side:not([aria-busy])').waitFor({ state: 'attached' });
  await act(page);
  await page.waitForTimeout(300);
  const picture = await page.screenshot();
  await context.close();
  return picture;
}

/** The first two pages on paper. */
async function printed(url: string): Promise<Buffer[]> {
  const { page, context } = await openPage(browser, url);
  await page.locator('.cell img').first().waitFor();
  const pages = await printedPages(page, 2, await mkdtemp(join(folder, 'printed-')));
  await context.close();
  return pages;
}

/** Side by side, where there are several; of those that are asked for, or all. */
async function write(name: string, shots: readonly Buffer[]): Promise<void> {
  const asked = process.argv.slice(2);
  if (asked.length > 0 && !asked.includes(name)) return;
  const sizes = await Promise.all(shots.map((one) => sharp(one).metadata()));
  const width = sizes.reduce((sum, one) => sum + one.width, 0);
  const height = Math.max(...sizes.map((one) => one.height));
  let left = 0;
  const placed = shots.map((input, at) => {
    const one = { input, left, top: 0 };
    left += sizes[at]!.width;
    return one;
  });
  await sharp({ create: { width, height, channels: 3, background: 'white' } })
    .composite(placed)
    .jpeg({ quality: 82, mozjpeg: true })
    .toFile(join(pictures, `${name}.jpg`));
}
