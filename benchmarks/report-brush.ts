import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeReportFolder } from '@qualm/report';
import type { ReportCell, ReportOptions } from '@qualm/report';
import { launchBrowser } from '../integration/src/browser.ts';
import { reportOptions } from './report-pages.ts';
import { writeResult } from './write-result.ts';

/* A brush over a histogram of 100,000 boxes in Chromium, without a GPU: from a move of the pointer
 * until the grid has its cells, and until the frame is there with all panels beside it; with the
 * histogram that the page opens with, and with every other one open too. The screen's floor is a
 * frame, 17 ms. */

const count = 100_000;
const moves = 60;
const options: ReportOptions = { ...reportOptions, columns: ['cost'] };

/** In the page: times what follows a move, of moves that change the stretch. The compiler's own
 * helpers are not there, so it is text.
 */
const watch = `{
  const times = { grid: [], frame: [] };
  const side = document.querySelector('.side');
  let began = 0;
  let isOver = Promise.resolve();
  const settled = () => isOver;
  addEventListener('pointermove', () => (began = performance.now()), true);
  addEventListener('pointermove', () => {
    const start = began;
    if (!side.hasAttribute('aria-busy')) return;
    times.grid.push(performance.now() - start);
    isOver = new Promise((resolve) => {
      // The frame that has the panels: they are drawn in a task after this one.
      const look = () => {
        if (side.hasAttribute('aria-busy')) return setTimeout(look);
        requestAnimationFrame(() =>
          setTimeout(() => {
            times.frame.push(performance.now() - start);
            resolve();
          }),
        );
      };
      look();
    });
  });
  Object.assign(globalThis, { times, settled });
}`;

const scratch = await mkdtemp(join(tmpdir(), 'qualm-brush-benchmark-'));
const browser = await launchBrowser();
try {
  const { page: path, bytes } = await writeReportFolder(join(scratch, 'report'), cells(), options);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(pathToFileURL(path).href, { timeout: 120_000 });
  await page.locator('.plot').first().waitFor();
  await page.evaluate(watch);
  const results = { first: await pulled(), all: null as Spread | null };
  for (const summary of await page.locator('.numbers details:not([hidden]) summary').all()) await summary.click();
  const open = await page.locator('.plot').count();
  results.all = await pulled();
  console.log(`${count} boxes, ${(bytes / 1e6).toFixed(1)} MB without pictures`);
  for (const [name, spread] of Object.entries({ 'one histogram': results.first, [`${open} histograms`]: results.all }))
    console.log(`${name}: grid ${said(spread!.gridMs)}, frame with all panels ${said(spread!.frameMs)}`);
  writeResult('report-brush', { chromium: browser.version() }, { count, moves, histograms: open, results });

  /** Pulls over most of the first histogram and back, a pixel or ten a time. */
  async function pulled(): Promise<Spread> {
    await page.locator('.plot').first().scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await page.locator('.plot').first().boundingBox())!;
    await page.evaluate('times.grid.length = times.frame.length = 0');
    await page.mouse.move(x + 4, y + height - 8);
    await page.mouse.down();
    for (let move = 1; move <= moves; move++) {
      await page.mouse.move(x + 4 + ((width - 8) * move) / moves, y + height - 8);
      await page.evaluate('settled()');
    }
    await page.mouse.up();
    const times = await page.evaluate<{ grid: number[]; frame: number[] }>('times');
    await page
      .locator('.plot')
      .first()
      .dblclick({ position: { x: 8, y: 8 } });
    return { gridMs: quartiles(times.grid), frameMs: quartiles(times.frame) };
  }
} finally {
  await browser.close();
  await rm(scratch, { recursive: true, force: true });
}

/** The quarter, the half, three quarters and the most of times, in ms. */
type Quartiles = readonly number[];

interface Spread {
  readonly gridMs: Quartiles;
  readonly frameMs: Quartiles;
}

function quartiles(times: readonly number[]): Quartiles {
  const sorted = times.toSorted((one, two) => one - two);
  return [0.25, 0.5, 0.75, 1].map((part) => {
    const time = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
    return Math.round(10 * time) / 10;
  });
}

function said([low, median, high, most]: Quartiles): string {
  return `${median} ms (${low} to ${high}, at most ${most})`;
}

function cells(): ReportCell[] {
  // Of a linear congruential generator, so that each run has the same.
  let state = 1;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, (_, index) => {
    const [xmin, ymin] = [Math.floor(400 * random()), Math.floor(300 * random())];
    const sides = { xmin, ymin, xmax: xmin + 8 + 200 * random(), ymax: ymin + 8 + 150 * random() };
    return {
      ...{ id: `${String(index).padStart(12, '0')}#0`, image: `${String(index).padStart(12, '0')}.jpg` },
      ...{ width: 640, height: 480, region: { x: 10, y: 10, width: 200, height: 150 } },
      boxes: [{ ...sides, box: 0, label: index % 80, score: random() }],
      ...{ box: 0, label: index % 80, second: (7 * index) % 80, score: random(), secondScore: random() / 2 },
      ...{ values: [random(), random(), random()], columns: [100 * random()], numBoxes: 1 + (index % 30) },
    };
  });
}
