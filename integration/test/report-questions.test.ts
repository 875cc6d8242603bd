import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCoco } from '@qualm/datasets';
import { launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import type { WatchedPage } from '../src/browser.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualm, qualmBin } from '../src/qualm.ts';

let browser: Browser;
let folder: string;
let predictions: string;
const servers: ChildProcess[] = [];
const shown = ['--min-score', '0.3'];
/** A page follows its dialogs a moment later. */
const patience = { timeout: 20_000 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-questions-'));
  browser = await launchBrowser();
  predictions = join(folder, 'predictions');
  await predictDemo(predictions);
  await qualm('report', predictions, '--out', join(folder, 'images.html'), '--by', 'image', ...shown);
  await qualm('report', predictions, '--out', join(folder, 'boxes.html'), ...shown);
  await qualm('report', predictions, '--out', join(folder, 'parts.html'), ...shown, '--picture-budget', '0');
  await qualm('report', predictions, '--out', join(folder, 'boxes'), ...shown);
  await qualm('report', predictions, '--out', join(folder, 'folder'), '--by', 'image', ...shown);
});

afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL');
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function open(name: string, options: BrowserContextOptions = {}, hash = ''): Promise<WatchedPage> {
  return openPage(browser, `${pathToFileURL(join(folder, name)).href}${hash}`, options);
}

async function serve(marks: string): Promise<string> {
  const args = [qualmBin, 'serve', predictions, ...shown, '--json', '--marks', join(folder, marks)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(server);
  const [line] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
  return (JSON.parse(line) as { url: string }).url;
}

const heading = (page: Page): Promise<string | null> => page.locator('#question-heading').textContent();
const progress = (page: Page): Promise<string | null> => page.locator('.questions .progress').textContent();
const left = async (page: Page): Promise<number> => Number(/, ([\d,]+) left/.exec((await progress(page))!)![1]!);

/** Draws a box over the picture, and gives it the first class that a search finds. */
async function draw(page: Page, name: string): Promise<void> {
  const { x, y, width, height } = (await page.locator('.look').boundingBox())!;
  await page.mouse.move(x + 0.1 * width, y + 0.1 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.4 * width, y + 0.3 * height, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

/** Answers until a picture as a whole is asked about. */
async function answerBoxes(page: Page, key: string): Promise<void> {
  for (let turn = 0; turn < 500 && (await heading(page)) !== 'Anything missed?'; turn++) await page.keyboard.press(key);
}

async function labels(page: Page, which: 'finished' | 'begun'): Promise<string> {
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export labels' });
  await dialog.getByLabel('Pictures').selectOption(which);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ]);
  return download.path();
}

interface Coco {
  readonly images: readonly { id: number; file_name: string; finished: boolean }[];
  readonly annotations: readonly { image_id: number; category_id: number; bbox: number[]; attributes: object }[];
  readonly categories: readonly { id: number; name: string }[];
}

describe('questions on the page of a report', () => {
  it('are answered by keys until none is left, and the answers are there after a reload', async () => {
    const { page, complaints, asked } = await open('images.html', {}, '#ask=grid');
    await page.locator('.look img').waitFor();
    const all = await left(page);
    expect(all).toBeGreaterThan(20);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('1');
    await page.keyboard.press('0');
    await page.keyboard.press(' ');
    expect(await left(page)).toBe(all - 3);
    await page.keyboard.press('z');
    expect(await left(page)).toBe(all - 2);
    await page.reload();
    await page.locator('.look img').waitFor();
    expect(await left(page)).toBe(all - 2);
    for (let turn = 0; turn < all - 2; turn++) await page.keyboard.press('0');
    await page.getByText('All questions about what is shown are answered').waitFor();
    expect(await progress(page)).toMatch(new RegExp(`^${all} answered, 0 left, \\d+ a minute$`));
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await expect.poll(() => new URL(page.url()).hash, patience).toBe('');
    const cells = await page.locator('.cell').count();
    await expect.poll(() => page.locator('.cell .answered').count(), patience).toBe(cells);
    expect([complaints, asked.filter((url) => !url.startsWith('file:'))]).toEqual([[], []]);
  });

  it('leave their answers on the cells, in the counts, in the close-up and in a filter of the link', async () => {
    const { page, complaints } = await open('parts.html', {}, '#ask=grid');
    await page.locator('.look img').waitFor();
    const all = await left(page);
    const answers = page.getByRole('combobox', { name: 'Answers' });
    const [first, moved, none] = [0, 1, 2].map((place) => page.locator('.cell').nth(place));
    await page.keyboard.press('2');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('1');
    await page.keyboard.press('0');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.cell .answered').count(), patience).toBe(3);
    expect(await first!.locator('.answered').textContent()).toMatch(/^→ [^,]+$/);
    expect(await moved!.locator('.answered').textContent()).toMatch(/^→ .+, moved$/);
    expect(await none!.textContent()).toContain('answered no object');
    expect(await page.locator('.count').textContent()).toContain('3 answered');
    await answers.selectOption('all');
    await expect.poll(() => new URL(page.url()).hash, patience).toBe('#answered=all');
    await expect.poll(() => page.locator('.count').textContent(), patience).toMatch(/^3 of /);
    await first!.click();
    await expect.poll(() => page.locator('.detail dl').textContent(), patience).toMatch(/answers→ /);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.goto(page.url().replace('answered=all', 'answered=none'));
    await page.reload();
    await expect
      .poll(() => page.locator('.count').textContent(), patience)
      .toMatch(new RegExp(`^${all - 3} of ${all} `));
    expect(await page.locator('.cell .answered').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('are about what is selected, and move the box by arrows, by its grips, and by drawing it anew', async () => {
    const { page, complaints } = await open('parts.html');
    await page
      .locator('.cell')
      .nth(1)
      .click({ modifiers: ['Control'] });
    await page
      .locator('.cell')
      .nth(2)
      .click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Answer' }).click();
    expect(await left(page)).toBe(2);
    const edited = page.locator('.edited');
    const before = (await edited.boundingBox())!;
    await page.keyboard.press('ArrowRight');
    expect((await edited.boundingBox())!.x).toBeGreaterThan(before.x);
    await page.keyboard.press('r');
    const one = (await edited.boundingBox())!;
    await page.keyboard.press('Control+Shift+ArrowUp');
    const smaller = (await edited.boundingBox())!;
    expect(smaller.y).toBeCloseTo(one.y, 0);
    expect(smaller.height).toBeLessThan(one.height);
    await page.keyboard.press('r');
    expect((await edited.boundingBox())!.x).toBeCloseTo(before.x, 0);
    const grip = page.locator('.grip[data-x="1"][data-y="1"]');
    const { x, y, width, height } = (await grip.boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 - 20, y + height / 2 - 10, { steps: 3 });
    await page.mouse.up();
    const after = (await edited.boundingBox())!;
    expect(after.width).toBeCloseTo(before.width - 20, 0);
    expect(after.x).toBeCloseTo(before.x, 0);
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    await page.getByText('All questions about what is shown are answered').waitFor();
    await page.getByText('of which this page has parts alone').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(['boxes.html', 'boxes/index.html'])('of %s ask what was missed, by whole pictures beside', async (name) => {
    const { page, complaints } = await open(name, {}, '#ask=pictures');
    await page.locator('.look img').waitFor();
    expect(await page.locator('.not-asked').isVisible()).toBe(false);
    await answerBoxes(page, '1');
    const { ratio, side } = await page.locator('.look img').evaluate(async (element) => {
      const image = element as HTMLImageElement;
      await image.decode();
      const { width, height } = image.getBoundingClientRect();
      const side = Math.max(image.naturalWidth, image.naturalHeight);
      return { side, ratio: image.naturalWidth / image.naturalHeight / (width / height) };
    });
    expect(side).toBeGreaterThan(400);
    expect(ratio).toBeCloseTo(1, 1);
    await draw(page, 'zebra');
    await page.keyboard.press('0');
    const coco = JSON.parse(await readFile(await labels(page, 'finished'), 'utf8')) as Coco;
    expect(coco.images.map(({ finished }) => finished)).toEqual([true]);
    expect(complaints).toEqual([]);
  });

  it('of a page of parts say why it is not asked what was missed, and what to do', async () => {
    const { page } = await open('parts.html', {}, '#ask=pictures');
    await page.locator('.look img').waitFor();
    expect(await page.locator('.not-asked').textContent()).toMatch(
      /^Anything missed\? is not asked of \d+ pictures, .*: try qualm serve, --by image, or a larger --picture-budget\.$/,
    );
    await answerBoxes(page, '1');
    await page.getByText('All questions about what is shown are answered').waitFor();
    expect(await page.locator('.not-asked').isVisible()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('export labels that readers of COCO, batch --labelled and errors take; what is rejected is none', async () => {
    const { page } = await open('images.html', {}, '#ask=pictures');
    await page.getByLabel('Your name').fill('Ann');
    await page.locator('#question-heading').click();
    await page.keyboard.press('0');
    await answerBoxes(page, '1');
    await draw(page, 'zebra');
    expect(await page.locator('.drawn li').allTextContents()).toEqual(['zebra✕']);
    await page.keyboard.press('0');
    const done = await left(page);
    await page.keyboard.press('1');
    expect(await left(page)).toBe(done - 1);
    const file = await labels(page, 'finished');
    const coco = JSON.parse(await readFile(file, 'utf8')) as Coco;
    expect(coco.images.map(({ finished }) => finished)).toEqual([true]);
    const zebra = coco.categories.find(({ name }) => name === 'zebra')!;
    expect(coco.annotations.at(-1)).toMatchObject({
      ...{ image_id: coco.images[0]!.id, category_id: zebra.id },
      attributes: { question: 'picture', answered_by: 'Ann' },
    });
    const begun = JSON.parse(await readFile(await labels(page, 'begun'), 'utf8')) as Coco;
    expect(begun.images.map(({ finished }) => finished)).toEqual([true, false]);
    const read = await readCoco(file);
    expect(read.length).toBe(1);
    const name = coco.images[0]!.file_name;
    const batch = await qualm('batch', predictions, '--count', '1000', '--json', ...shown, '--labelled', file);
    expect((JSON.parse(batch) as { image_id: string }[]).map(({ image_id }) => image_id)).not.toContain(name);
    const errors = await qualm('errors', predictions, '--coco', file, '--json');
    expect(JSON.parse(errors)).toBeInstanceOf(Array);
  });

  it('work in a folder, and on a telephone by large buttons', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, complaints } = await open('folder/index.html', phone, '#ask=information');
    await page.locator('.look img').waitFor();
    await expect
      .poll(() => page.locator('.look img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(50);
    const all = await left(page);
    const sizes = await page
      .locator('.choice')
      .evaluateAll((buttons) =>
        buttons.map((button) => button.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(48);
    await page.locator('.choice').first().tap();
    expect(await left(page)).toBe(all - 1);
    await page.getByRole('button', { name: 'Undo' }).tap();
    expect(await left(page)).toBe(all);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['zoomed in twice', { viewport: { width: 640, height: 400 } }],
    ['on a telephone that lies', { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true }],
  ])('%s have all answers beside the picture, with nothing to scroll', async (_, window) => {
    const { page, complaints } = await open('images.html', window, '#ask=grid');
    await page.locator('.look img').waitFor();
    const { width, height } = window.viewport;
    const look = (await page.locator('.look').boundingBox())!;
    expect(look.width * look.height).toBeGreaterThan((width * height) / 6);
    const choices = await page.locator('.choice').all();
    expect(choices.length).toBeGreaterThan(3);
    for (const choice of choices) {
      const box = (await choice.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(box.x).toBeGreaterThanOrEqual(look.x + look.width);
    }
    const all = await left(page);
    await choices.at(-1)!.click();
    expect(await left(page)).toBe(all - 1);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('on a server show the whole image, ask what was missed, and keep answers in a file', async () => {
    const url = await serve('first.json');
    const { page, complaints } = await openPage(browser, url);
    await page.locator('.cell').first().waitFor();
    await page.keyboard.press('q');
    const image = page.locator('.look img');
    await expect
      .poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth), { timeout: 30_000 })
      .toBeGreaterThan(400);
    await page.locator('#question-order').selectOption('pictures');
    await page.locator('#question-heading').click();
    await answerBoxes(page, '1');
    await page.keyboard.press('0');
    const stored = async (): Promise<{ question: string }[]> =>
      (JSON.parse(await readFile(join(folder, 'first.answers.json'), 'utf8')) as { answers: { question: string }[] })
        .answers;
    await expect.poll(async () => (await stored()).map(({ question }) => question)).toContain('picture');
    const again = await openPage(browser, url, { context: page.context() });
    await again.page.locator('.cell').first().waitFor();
    await again.page.keyboard.press('q');
    await expect.poll(() => progress(again.page)).toMatch(new RegExp(`^${(await stored()).length} answered`));
    expect(complaints).toEqual([]);
  });
});
