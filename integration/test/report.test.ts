import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createReport } from '@qualm/report';
import type { ReportCell } from '@qualm/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { chromiumPath } from '../src/chromium.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-report-'));
  browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A page of that file, what it complains of, and every address that it asks for. */
async function openFile(path: string, hash = '', context?: BrowserContext) {
  const page = await (context ?? (await browser.newContext({ viewport: { width: 1280, height: 800 } }))).newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.push(request.url());
  });
  await page.goto(`${pathToFileURL(path).href}${hash}`);
  return { page, complaints, asked };
}

const captions = (page: Page): Promise<string[]> => page.locator('.cell strong').allTextContents();
const count = (page: Page): Promise<string> => page.locator('.count').textContent() as Promise<string>;

/** What axe finds that is serious, or worse. */
async function seriousFaults(page: Page): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

describe('the report of qualm report', () => {
  let report: string;

  beforeAll(async () => {
    const { onnx } = await cocoSsd(() => undefined);
    const predictions = join(folder, 'predictions');
    report = join(folder, 'report.html');
    const model = [
      '--model',
      join(root, 'examples/models/coco-ssd-onnx.json'),
      '--model-root',
      onnx,
      '--device',
      'cpu',
    ];
    await qualm('predict', '--images', await demoPhotographs(() => undefined), ...model, '--out', predictions);
    await qualm('report', predictions, '--out', report, '--title', 'Photographs', '--min-score', '0.1');
  });

  it('shows boxes, least sure first, asks for nothing else, and complains of nothing', async () => {
    const { page, complaints, asked } = await openFile(report);
    await page.locator('.cell img').first().waitFor();
    expect(await page.title()).toBe('Photographs');
    const values = (await page.locator('.cell .value').allTextContents()).map(Number);
    expect(values.length).toBeGreaterThan(8);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    const drawn = await page
      .locator('.cell img')
      .evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 20));
    expect(drawn).toBe(true);
    expect(asked).toEqual([pathToFileURL(report).href]);
    expect(complaints).toEqual([]);
  });

  it('filters by class, words, score and a pair of the table, and says how many are left', async () => {
    const { page, complaints } = await openFile(report);
    const all = await count(page);
    await page.getByLabel('Class').selectOption({ index: 1 });
    const name = (await page.getByLabel('Class').locator('option:checked').textContent())!.replace(/ \(.*/, '');
    for (const caption of await captions(page)) expect(caption).toMatch(new RegExp(`^${name} `));
    expect(await count(page)).toMatch(/^\d+ of \d+ cells$/);
    await page.getByRole('button', { name: 'Reset' }).click();
    expect(await count(page)).toBe(all);
    await page.getByLabel('Words').fill(name);
    for (const label of await page.locator('.cell').evaluateAll((cells) => cells.map((one) => one.textContent!)))
      expect(label).toContain(name);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByLabel('Score from').fill('0.5');
    await page.getByLabel('Score from').press('Tab');
    for (const caption of await captions(page)) expect(Number(caption.split(' ').at(-1))).toBeGreaterThanOrEqual(0.5);
    await page.getByRole('button', { name: 'Reset' }).click();
    const pair = page.locator('.pairs button').first();
    const [, best, second, many] = /^(.*) or (.*): (\d+)$/.exec((await pair.getAttribute('aria-label'))!)!;
    await pair.click();
    expect(await count(page)).toMatch(new RegExp(`^${many} of `));
    expect((await captions(page))[0]).toContain(best!);
    expect(await page.locator('.cell .caption span').first().textContent()).toBe(`or ${second}`);
    expect(complaints).toEqual([]);
  });

  it('is gone about by the keyboard, marks, keeps the marks, and exports them', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    const { page, complaints } = await openFile(report, '', context);
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog.detail');
    expect(await dialog.locator('dd').last().textContent()).toBe('rejected');
    await page.keyboard.press('ArrowRight');
    expect(await dialog.locator('dd').last().textContent()).toBe('none');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement!.getAttribute('role'))).toBe('gridcell');
    await page.reload();
    expect(await page.locator('.cell[data-mark=accept]').count()).toBe(1);
    expect(await page.locator('.cell[data-mark=reject]').count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export JSON' }).click(),
    ]);
    const { selection } = JSON.parse(await readFile(await download.path(), 'utf8')) as {
      selection: { mark: string }[];
    };
    expect(selection.map(({ mark }) => mark).sort()).toEqual(['accept', 'reject']);
    await page.getByLabel('Marks').selectOption('accept');
    expect(await count(page)).toMatch(/^1 of /);
    expect(complaints).toEqual([]);
  });

  it('opens where a link says', async () => {
    const { page } = await openFile(report);
    await page.locator('.cell').nth(3).click();
    const id = await page.locator('dialog.detail dd').nth(-2).textContent();
    const { hash } = new URL(page.url());
    const other = await openFile(report, hash);
    expect(await other.page.locator('dialog.detail dd').nth(-2).textContent()).toBe(id);
    expect(other.complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe calls serious, %s', async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
    const { page } = await openFile(report, '', context);
    await page.locator('.cell img').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('.cell').first().click();
    expect(await seriousFaults(page)).toEqual([]);
  });
});

describe('a report of names and pictures that mean harm', () => {
  const names = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    'javascript:alert(1)//\'"',
    '\u202Egnp.exe',
    '😀 👨‍👩‍👧',
    'x'.repeat(10_000),
  ];

  it('shows them as text, and broken pictures as such', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
    );
    const cells: ReportCell[] = names.flatMap((name, index) => [
      { id: name, image: name, thumbnail: null, label: index, values: [index] },
      {
        ...{ id: `${index}`, image: name, label: index, second: 0, score: 0.5, values: [NaN] },
        thumbnail: { bytes: svg, type: 'image/png', width: 10, height: 10 },
      },
    ]);
    const path = join(folder, 'hostile.html');
    const strategies = [{ name: names[1]!, order: 'ascending' as const }];
    await writeFile(path, createReport(cells, { title: names[2]!, labels: names, strategies }));
    const { page, complaints } = await openFile(path);
    expect(await page.title()).toBe(names[2]);
    await expect.poll(() => page.locator('.no-picture').count()).toBe(cells.length);
    await page.locator('.cell').first().click();
    expect(await page.locator('dialog.detail h2').textContent()).toBe(names[0]);
    expect(await page.locator('main script, main img[onerror]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('does nothing that a link tells it to run', async () => {
    const path = join(folder, 'linked.html');
    const cells = [{ id: 'a', image: 'a', thumbnail: null, values: [1] }];
    const strategies = [{ name: 'margin', order: 'ascending' as const }];
    await writeFile(path, createReport(cells, { labels: [], strategies }));
    const { page, complaints } = await openFile(
      path,
      `#words=${encodeURIComponent(names[1]!)}&cell=${encodeURIComponent(names[0]!)}`,
    );
    expect(await count(page)).toBe('0 of 1 cells');
    expect(complaints).toEqual([]);
  });
});

describe('a report of 5,000 boxes', () => {
  it('has a picture at once, and few elements wherever it is scrolled to', async () => {
    const jpeg = await readFile(join(root, 'docs/pictures/contact-sheet.jpg')).then((bytes) => bytes.subarray(0, 3100));
    const cells = Array.from({ length: 5000 }, (_, index): ReportCell => ({
      ...{
        id: String(index),
        image: `${index}.jpg`,
        label: index % 7,
        second: (index + 1) % 7,
        score: 0.5,
        values: [index],
      },
      thumbnail: { bytes: jpeg, type: 'image/jpeg', width: 160, height: 120 },
    }));
    const path = join(folder, 'large.html');
    const labels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await writeFile(path, createReport(cells, { labels, strategies: [{ name: 'margin', order: 'ascending' }] }));
    const began = performance.now();
    const { page, complaints } = await openFile(path);
    await page.locator('.cell').first().waitFor();
    const first = performance.now() - began;
    const grid = page.locator('.grid');
    for (const part of [0.3, 0.7, 1]) {
      await grid.evaluate((element, to) => (element.scrollTop = to * element.scrollHeight), part);
      await page.waitForTimeout(100);
      expect(await page.locator('.cell').count()).toBeLessThan(100);
    }
    expect((await captions(page)).at(-1)).toMatch(/^[a-g] 0\.50$/);
    expect(await page.locator('.cell').last().textContent()).toContain('4999.jpg');
    process.stdout.write(
      `5,000 boxes: first cell after ${first.toFixed(0)} ms, ${await page.locator('*').count()} elements\n`,
    );
    expect(complaints).toEqual([]);
  });
});
