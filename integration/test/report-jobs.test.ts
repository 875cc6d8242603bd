import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exported, launchBrowser, openPage } from '../src/browser.ts';
import { createHands } from '../src/hands.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';

const wanted = 8;
let browser: Browser;
let folder: string;
let predictions: string;

/* Four jobs that people have with a page, by as few clicks and keys as docs/report.md says. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-jobs-'));
  browser = await launchBrowser();
  predictions = join(folder, 'predictions');
  await predictDemo(predictions, ['--form', 'class_scores']);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: string): Promise<Page> {
  const { page } = await openPage(browser, pathToFileURL(join(folder, name)).href);
  await page.locator('.cell img').first().waitFor();
  await page.locator('.cell').first().focus();
  return page;
}

const count = async (page: Page): Promise<number> =>
  Number(/[\d,]+/.exec((await page.locator('.count').textContent())!)![0].replace(',', ''));

async function downloaded(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, act()]);
  return readFile(await download.path(), 'utf8');
}

/** What the page of the documentation says that a job takes. */
async function told(job: string): Promise<number> {
  const page = await readFile(join(root, 'docs/report.md'), 'utf8');
  return Number(new RegExp(`^\\| ${job} .*\\| (\\d+) `, 'm').exec(page)![1]);
}

describe('the jobs of a page', () => {
  it('which photographs this week, and why: all of a batch, but the one that is no good', async () => {
    const list = join(folder, 'batch.csv');
    await qualm('batch', predictions, '--count', String(wanted), '--diverse', '--out', list);
    const only = ['--only', list, '--by', 'image'];
    await qualm('report', predictions, ...only, '--out', join(folder, 'batch.html'));
    const page = await open('batch.html');
    const hands = createHands(page);
    expect(await count(page)).toBe(wanted);
    for (const reason of await page.locator('.cell .reason').allTextContents()) expect(reason).not.toBe('');
    await hands.press('Control+a', 'a', 'Escape', 'x');
    const csv = await downloaded(page, () => hands.press('e', 'Enter'));
    expect(csv.trim().split('\r\n')).toHaveLength(wanted);
    expect(hands.count()).toBe(await told('Which photographs'));
  });

  it('which classes are confused: the boxes of the pair that most often is', async () => {
    await qualm('report', predictions, '--min-score', '0.1', '--out', join(folder, 'boxes.html'));
    const page = await open('boxes.html');
    const hands = createHands(page);
    const pairs = page.locator('.pairs button');
    const numbers = (await pairs.allTextContents()).map(Number);
    const most = Math.max(...numbers);
    const pair = pairs.nth(numbers.indexOf(most));
    const [best, second] = /^(.*) or (.*): /.exec((await pair.getAttribute('aria-label'))!)!.slice(1) as [
      string,
      string,
    ];
    await hands.click(pair);
    expect(await count(page)).toBe(most);
    const shown = await page.locator('.cell strong.bar .name').allTextContents();
    expect(new Set(shown)).toEqual(new Set([best]));
    expect(await page.locator('.cell').first().textContent()).toContain(second);
    expect(hands.count()).toBe(await told('Which classes'));
  });

  it('is B less sure than A, and where: the photographs in which it is most of all', async () => {
    const other = join(folder, 'other');
    await predictDemo(other, ['--form', 'class_scores', '--min-score', '0.35']);
    const beside = ['--against', predictions, '--by', 'image', '--min-score', '0.1'];
    await qualm('report', other, ...beside, '--out', join(folder, 'two.html'));
    const page = await open('two.html');
    const hands = createHands(page);
    const sort = page.getByLabel('Sort by');
    const label = (await sort.locator('option').allTextContents()).find((name) => name.includes('−'))!;
    await hands.choose(sort, { label });
    await hands.press('Home', 'Enter');
    await hands.click(page.locator('dialog[open] .differences summary'));
    await page
      .locator('dialog[open] .differences')
      .getByRole('button', { name: /^only in / })
      .first()
      .waitFor();
    expect(hands.count()).toBe(await told('Is B less sure'));
  });

  it('which labels are wrong: all that look so, answered one key each', async () => {
    await qualm('report', predictions, '--by', 'image', '--min-score', '0.5', '--out', join(folder, 'plain.html'));
    const plain = await open('plain.html');
    const coco = JSON.parse(await readFile(await exported(plain, 'shown', 'coco.json'), 'utf8')) as {
      annotations: { category_id: number; score: number }[];
      categories: { id: number }[];
    };
    const surest = [...coco.annotations].sort((one, two) => two.score - one.score).slice(0, 3);
    for (const one of surest) one.category_id = coco.categories.find(({ id }) => id !== one.category_id)!.id;
    const labels = join(folder, 'labels.json');
    await writeFile(labels, JSON.stringify(coco));
    const out = ['--out', join(folder, 'errors.csv'), '--report', join(folder, 'errors.html')];
    await qualm('errors', predictions, '--coco', labels, '--high-score', '0.5', ...out);
    const page = await open('errors.html');
    const hands = createHands(page);
    const all = await count(page);
    expect(all).toBeGreaterThanOrEqual(surest.length);
    await hands.press(...Array.from({ length: surest.length }, () => 'a'));
    const csv = await downloaded(page, () => hands.press('e', 'Enter'));
    expect(csv.trim().split('\r\n')).toHaveLength(1 + surest.length);
    expect(hands.count() - surest.length).toBe(await told('Which labels'));
  });
});
