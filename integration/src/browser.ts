import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { chromiumPath } from './chromium.ts';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** Debian's Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: flags });
}

/** A page with what it complained of, and every address that it asked for. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
  readonly asked: readonly string[];
}

/** Opens an address in a window of its own, of 1280 x 800 pixels, or in another page of a window.
 */
export async function openPage(
  browser: Browser,
  url: string,
  { context, ...options }: BrowserContextOptions & { readonly context?: BrowserContext } = {},
): Promise<WatchedPage> {
  const window = context ?? (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options }));
  const page = await window.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(url);
  return { page, context: window, complaints, asked };
}

const rules = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
};

/** What axe finds that is serious, or worse, by WCAG 2.2 AA, targets of 24 pixels included. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(rules)})`)) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

/** The part of the pixels in which two pictures of one size differ, 0..1. */
export async function difference(first: Uint8Array, second: Uint8Array): Promise<number> {
  const [one, two] = await Promise.all(
    [first, second].map((bytes) => sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const { width, height } = one!.info;
  return pixelmatch(one!.data, two!.data, undefined, width, height, { threshold: 0.1 }) / (width * height);
}

/** The file that a report's page gives of these cells, in a form.
 * @returns where it lies, until the browser is closed.
 */
export async function exported(page: Page, what: string, form: 'csv' | 'json' | 'coco.json'): Promise<string> {
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: 'Export' }).getByLabel('What').selectOption(what);
  await page.getByRole('dialog', { name: 'Export' }).getByLabel('As').selectOption(form);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Save' }).click(),
  ]);
  return download.path();
}
