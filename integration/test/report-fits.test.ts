import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createReport } from '@qualm/report';
import type { ReportCell } from '@qualm/report';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../src/browser.ts';

let browser: Browser;
let folder: string;

const long = 'L'.repeat(300);
const labels = [long, 'cat', 'W '.repeat(150)];
const layers = [`first ${long}`, `second ${long}`];

/** Cells of pictures of a width and height, with two boxes that two models call differently. */
async function cellsOf(width: number, height: number): Promise<ReportCell[]> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#697' } })
    .png()
    .toBuffer();
  return Array.from({ length: 12 }, (_, at) => {
    const edges = { xmin: 10, ymin: 10, xmax: 90, ymax: 90, score: 0.5, values: [0.1] };
    const rivals = [{ label: (at + 1) % 3, score: 0.1 }];
    return {
      ...{ id: `${at}`, image: `${at}.png`, width, height, thumbnail: { bytes, type: 'image/png' } },
      boxes: [
        { ...edges, label: at % 3, box: 0, partner: -1, rivals },
        { ...edges, label: (at + 1) % 3, box: 0, partner: 0, layer: 1 },
      ],
      ...{ label: at % 3, second: (at + 1) % 3, score: 0.5, secondScore: 0.1, values: [at], otherValues: [1] },
      ...{ pairs: [[0, 1]], kind: 0, folder: long, columns: [at], words: [long], reason: long },
    };
  });
}

async function open(name: string, cells: readonly ReportCell[], size: { width: number; height: number }) {
  const path = join(folder, name);
  const page = createReport(cells, {
    ...{ title: long, about: long, labels, layers, kinds: [long], columns: [long], wordColumns: [long] },
    strategies: [{ name: long, order: 'ascending', compared: true }],
    comparison: {
      ...{ images: 12, notCompared: 0, agreed: 0, differently: 12, onlyFirst: 0, onlySecond: 0 },
      classes: labels.map((label) => ({ name: label, boxes: [4, 4], means: [[0.1, 0.1]] })),
    },
  });
  await writeFile(path, page);
  const opened = await openPage(browser, pathToFileURL(path).href, { viewport: size });
  await opened.page.locator('.cell img').first().waitFor();
  return opened;
}

/** What reaches out to the right of whatever cuts it off, or of what nobody can scroll. */
const reachingOut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('body *')).flatMap((one) => {
      const { right, width } = one.getBoundingClientRect();
      let frame = one.parentElement;
      while (frame && getComputedStyle(frame).overflowX === 'visible') frame = frame.parentElement;
      const edge = frame?.getBoundingClientRect().right ?? innerWidth;
      const isOut = width > 0 && right > edge + 1 && !one.closest('svg, .look, .pairs, .unseen');
      return isOut ? [`${one.tagName}.${one.className} ${one.textContent.slice(0, 20)}`] : [];
    }),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-fits-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('names of 300 letters', () => {
  it('stay within panels, buttons, the close-up and questions', async () => {
    const { page, complaints } = await open('long.html', await cellsOf(100, 100), { width: 1280, height: 800 });
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
    expect(await reachingOut(page)).toEqual([]);
    await page.locator('.cell').first().press('Enter');
    expect(await page.locator('dialog .differences').count()).toBe(1);
    expect(await reachingOut(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('q');
    await page.locator('.choice').first().waitFor();
    expect(await reachingOut(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('a page on paper', () => {
  // Of cells as wide as half of A5, of which 5:4 leaves most to the height.
  it.each([420, 700, 1100])('of %d pixels has each picture above its words', async (width) => {
    const { page } = await open(`paper-${width}.html`, await cellsOf(125, 100), { width, height: 800 });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const gaps = await page.locator('.cell').evaluateAll((cells) =>
      cells.map((cell) => {
        const [picture, words] = ['.stage', '.caption'].map((part) =>
          cell.querySelector(part)!.getBoundingClientRect(),
        ) as [DOMRect, DOMRect];
        return words.top - picture.bottom;
      }),
    );
    expect(gaps).toHaveLength(12);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(-1);
  });
});
