import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exported, launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import type { WatchedPage } from '../src/browser.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';

interface Coco {
  readonly annotations: { id: number; image_id: number; category_id: number; bbox: number[]; score: number }[];
  readonly categories: readonly { readonly id: number }[];
}

const minScore = 0.3;
let browser: Browser;
let folder: string;
/** How many labels were left out, called otherwise and drawn where nothing is. */
const spoilt = { left: 2, renamed: 2, drawn: 1 };
let numBoxes: number;

/* The labels are what the model found, but for a few: so it is known what the pages show. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-errors-'));
  browser = await launchBrowser();
  const predictions = join(folder, 'predictions');
  await predictDemo(predictions);
  const shown = ['--min-score', String(minScore)];
  await qualm('report', predictions, '--by', 'image', ...shown, '--out', join(folder, 'plain.html'));
  const { page } = await open('plain.html');
  const coco = JSON.parse(await readFile(await exported(page, 'shown', 'coco.json'), 'utf8')) as Coco;
  numBoxes = coco.annotations.length;
  const surest = [...coco.annotations].sort((one, two) => two.score - one.score);
  const left = new Set(surest.slice(0, spoilt.left));
  for (const one of surest.slice(spoilt.left, spoilt.left + spoilt.renamed))
    one.category_id = coco.categories.find(({ id }) => id !== one.category_id)!.id;
  const [first] = surest;
  const ghost = { ...first!, id: numBoxes + 1, bbox: [1, 1, 3, 3] };
  const annotations = [...coco.annotations.filter((one) => !left.has(one)), ghost];
  await writeFile(join(folder, 'labels.json'), JSON.stringify({ ...coco, annotations }));
  const labels = ['--coco', join(folder, 'labels.json')];
  await qualm('report', predictions, ...labels, ...shown, '--out', join(folder, 'boxes.html'));
  await qualm('report', predictions, ...labels, ...shown, '--by', 'image', '--out', join(folder, 'images.html'));
  await qualm('report', predictions, ...labels, ...shown, '--cells', '5', '--out', join(folder, 'cut.html'));
  const out = ['--out', join(folder, 'list.csv'), '--report', join(folder, 'errors.html')];
  await qualm('errors', predictions, ...labels, '--high-score', '0.5', ...out);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function open(name: string, options: BrowserContextOptions = {}, hash = ''): Promise<WatchedPage> {
  return openPage(browser, `${pathToFileURL(join(folder, name)).href}${hash}`, options);
}

const count = (page: Page): Promise<string> => page.locator('.count').textContent() as Promise<string>;

describe('a page that is compared with labels', () => {
  it('narrows to what was right, false and missed, and says so in the address', async () => {
    const { page, complaints } = await open('boxes.html');
    const all = numBoxes + spoilt.drawn;
    const wrong = spoilt.left + spoilt.renamed;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button(`False ${wrong}`).click();
    expect(await count(page)).toBe(`${wrong} of ${all} boxes`);
    expect(new URL(page.url()).hash).toBe('#outcome=false');
    await button(`Right ${numBoxes - wrong}`).click();
    expect(await count(page)).toBe(`${numBoxes - wrong} of ${all} boxes`);
    await button(`Missed ${spoilt.drawn}`).click();
    expect(await page.locator('.cell').textContent()).toContain('not found');
    expect(await page.locator('.cell .box.deciding').getAttribute('data-layer')).toBe('1');
    expect(await seriousFaults(page)).toEqual([]);
    const again = await open('boxes.html', {}, '#outcome=missed');
    expect(await count(again.page)).toBe(`${spoilt.drawn} of ${all} boxes`);
    expect(complaints).toEqual([]);
  });

  it('has a table of what was drawn and what was found, whose numbers narrow to their boxes', async () => {
    const { page } = await open('boxes.html');
    const table = page.locator('.pairs', { hasText: 'Drawn, down' });
    const made = table.getByRole('button', { name: /^nothing drawn, found / });
    await made.first().waitFor();
    const numbers = await made.allTextContents();
    expect(numbers.reduce((sum, number) => sum + Number(number), 0)).toBe(spoilt.left);
    await made.first().click();
    expect(await count(page)).toMatch(new RegExp(`^${numbers[0]} of `));
    expect(new URL(page.url()).hash).toMatch(/^#taken=-1%2C\d+$/);
    await page.getByRole('button', { name: /^nothing drawn.*×$/ }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('');
  });

  it('has charts whose parts narrow to their boxes, and back', async () => {
    const { page } = await open('boxes.html');
    const bin = page.getByRole('button', { name: /^Scores from 0\.5 to 0\.6/ });
    await bin.scrollIntoViewIfNeeded();
    const before = await count(page);
    await bin.click();
    expect(new URL(page.url()).hash).toBe('#ranges=score%3A0.5%3A0.60005');
    expect(await count(page)).not.toBe(before);
    await page.locator('.regions [aria-pressed="true"]').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await bin.press('Enter');
    expect(await count(page)).toBe(before);
  });

  it('that lacks boxes says of each confused pair of all how many it has, and shows these', async () => {
    const { page } = await open('cut.html');
    await page.getByText('As a list').click();
    const pairs = page.locator('.chart-list').getByRole('button');
    const names = await pairs.evaluateAll((all) => all.map((one) => one.getAttribute('title')!));
    // Missed ones are on the page, the surest boxes, which were renamed, are not.
    expect(names.filter((name) => name.includes('not found')).join()).toMatch(/(it is|all \d+ are) on this page/);
    expect(names.join()).toMatch(/found [a-z ]+: (it is not|none of the \d+ is) on this page, which has \d+ boxes/);
    await pairs.filter({ hasText: 'not found' }).first().click();
    await expect.poll(() => count(page)).toMatch(/^[12] of /);
    expect(await page.locator('.chart-said').textContent()).toContain('not found: ');
    await page.locator('.regions > span:not(.chosen)').first().click();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('of images holds both sides, and the close-up says of each box what became of it', async () => {
    const { page } = await open('images.html', {}, '#outcome=missed');
    expect(await count(page)).toMatch(/^1 of \d+ images$/);
    await page.locator('.cell').click();
    const rows = page.getByRole('grid', { name: 'Boxes' }).getByRole('row');
    await rows.filter({ hasText: 'not found' }).waitFor();
    expect(await rows.filter({ hasText: 'right' }).count()).toBeGreaterThan(0);
    expect(await seriousFaults(page)).toEqual([]);
  });
});

describe('a page of labels that are likely wrong', () => {
  it('is answered by the keys of every page, in words of its own, and exported with ids of labels', async () => {
    const { page, complaints } = await open('errors.html');
    const listed = (await readFile(join(folder, 'list.csv'), 'utf8')).trim().split('\r\n').length - 1;
    expect(listed).toBeGreaterThanOrEqual(spoilt.renamed);
    expect(await count(page)).toBe(`${listed} boxes`);
    await page.getByRole('button', { name: /^wrong class / }).click();
    await page.locator('.cell').first().focus();
    await page.keyboard.press('a');
    await page.keyboard.press('x');
    expect(await count(page)).toMatch(/, 1 wrong, 1 right$/);
    expect(await page.locator('.cell').first().textContent()).toMatch(/wrong class: drawn .+, found .+ 0\.\d\d/);
    expect(await page.getByLabel('Marks').locator('option').allTextContents()).toEqual([
      'any mark',
      'wrong',
      'right',
      'not marked',
    ]);
    const { selection } = JSON.parse(await readFile(await exported(page, 'accepted', 'json'), 'utf8')) as {
      readonly selection: readonly { readonly ann_id: number }[];
    };
    const { annotations } = JSON.parse(await readFile(join(folder, 'labels.json'), 'utf8')) as Coco;
    expect(annotations.map(({ id }) => id)).toContain(selection[0]!.ann_id);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ['a dark room', { colorScheme: 'dark' }],
  ] as const)('has no serious fault on %s', async (_, options) => {
    const { page } = await open('errors.html', options);
    await page.locator('.cell').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('.cell').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
