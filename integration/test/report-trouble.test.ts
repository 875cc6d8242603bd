import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exported, launchBrowser, openPage } from '../src/browser.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualm, qualmBin } from '../src/qualm.ts';
import { mountSmallDisk } from '../src/small-disk.ts';

let browser: Browser;
let folder: string;
let predictions: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-trouble-'));
  browser = await launchBrowser();
  predictions = join(folder, 'predictions');
  await predictDemo(predictions);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** On a machine that does other things too. */
const patience = { timeout: 20_000 };

const count = (page: Page): Promise<string | null> => page.locator('.count').textContent();

describe('a report whose pictures are gone', () => {
  it('says so in each cell, and is gone about, marked and exported all the same', async () => {
    const out = join(folder, 'report');
    await qualm('report', predictions, '--out', out);
    await rm(join(out, 'thumbnails'), { recursive: true });
    const { page, complaints } = await openPage(browser, pathToFileURL(join(out, 'index.html')).href);
    await page.locator('.cell .no-picture').first().waitFor();
    await expect.poll(() => page.locator('.cell img').count(), patience).toBe(0);
    await page.locator('.cell').first().press('Enter');
    expect(await page.locator('dialog.detail .no-picture').textContent()).toBe('no picture');
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    const csv = await readFile(await exported(page, 'accepted', 'csv'), 'utf8');
    expect(csv.trim().split('\n')).toHaveLength(2);
    expect(complaints.filter((words) => !words.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
  });
});

describe('a picture of 1 x 4,000 pixels, and one of 4,000 x 1', () => {
  it('are predicted, shown in their frames, and looked at closely', async () => {
    const images = join(folder, 'thin');
    await mkdir(images);
    for (const [width, height] of [
      [1, 4000],
      [4000, 1],
    ] as const)
      await writeFile(
        join(images, `${width}x${height}.png`),
        await sharp({ create: { width, height, channels: 3, background: '#a63' } })
          .png()
          .toBuffer(),
      );
    const out = join(folder, 'thin-predictions');
    await predictDemo(out, [], images);
    await qualm('report', out, '--by', 'image', '--min-score', '0', '--out', join(folder, 'thin.html'));
    const { page, complaints } = await openPage(browser, pathToFileURL(join(folder, 'thin.html')).href);
    await expect.poll(() => page.locator('.cell img').count(), patience).toBe(2);
    for (const place of [0, 1]) {
      const cell = (await page.locator('.cell').nth(place).boundingBox())!;
      const image = page.locator('.cell').nth(place).locator('img');
      await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth), patience).toBeGreaterThan(0);
      const stage = (await page.locator('.cell').nth(place).locator('.stage').boundingBox())!;
      expect(stage.width).toBeLessThanOrEqual(cell.width);
      expect(stage.height).toBeLessThanOrEqual(cell.height);
      await page.locator('.cell').nth(place).press('Enter');
      const close = (await page.locator('dialog.detail .stage').first().boundingBox())!;
      expect(close.x + close.width).toBeLessThanOrEqual(1280);
      expect(close.y + close.height).toBeLessThanOrEqual(800);
      await page.keyboard.press('Escape');
    }
    expect(complaints).toEqual([]);
  });
});

describe('a disk that is full while qualm serve keeps marks', () => {
  it('the page says what is not saved, keeps it, and saves it when there is room', async (context) => {
    const place = join(folder, 'disk');
    const disk = await mountSmallDisk(place, 256);
    if (!disk) {
      console.warn('skipped: marks on a full disk; run as root on Linux to test it');
      return context.skip();
    }
    let server: ChildProcess | undefined;
    try {
      const marks = join(place, 'marks.json');
      const args = [qualmBin, 'serve', predictions, '--json', '--marks', marks];
      server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(server.stdout!.setEncoding('utf8'), 'data')) as [string];
      const { page } = await openPage(browser, (JSON.parse(line) as { url: string }).url);
      const all = await count(page);
      const kept = async (): Promise<number> =>
        (JSON.parse(await readFile(marks, 'utf8')) as { selection: unknown[] }).selection.length;
      await page.locator('.cell').first().focus();
      await page.keyboard.press('a');
      await expect.poll(() => kept().catch(() => 0), patience).toBe(1);
      await disk.fill();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('a');
      await expect
        .poll(() => page.locator('header .trouble').textContent(), patience)
        .toMatch(/^Not saved: .*could not be written.*ENOSPC/);
      expect(await count(page)).toMatch(new RegExp(`^${all}, .* accepted$`));
      expect(await kept()).toBe(1);
      await disk.empty();
      await page.keyboard.press('Escape');
      await page.keyboard.press('x');
      await expect.poll(kept, patience).toBe(Number(/^\d+/.exec(all!)![0]));
      await expect.poll(() => page.locator('header .trouble').textContent(), patience).toBe('');
    } finally {
      server?.kill('SIGINT');
      if (server) await once(server, 'close');
      disk.close();
    }
  });
});
