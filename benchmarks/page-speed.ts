import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../integration/src/browser.ts';

/** How fast a page is in Chromium. */
export interface PageSpeed {
  readonly firstPictureMs: number;
  /** 2,400 pixels a second, as a wheel does; and ten rows a frame, as somebody does who pulls the
   * bar.
   */
  readonly wheelFps: number;
  readonly flingFps: number;
  readonly heapMb: number;
  readonly residentMb: number;
}

/** What scrolls, and the pictures in it. */
export const ofReport = { grid: '.grid', picture: '.cell img' };
export const ofPlain = { grid: 'main', picture: 'img' };

/** Opens a page in a browser of its own, scrolls it, and looks at the memory. */
export async function measurePage(path: string, { grid, picture } = ofReport): Promise<PageSpeed> {
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const began = performance.now();
    await page.goto(pathToFileURL(path).href, { waitUntil: 'commit', timeout: 120_000 });
    const isDrawn = `[...document.querySelectorAll('${picture}')].some((image) => image.naturalWidth > 0)`;
    while (!(await page.evaluate(isDrawn).catch(() => false))) {
      if (performance.now() - began > 120_000) throw new Error(`no picture in 120 s: ${path}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const firstPictureMs = Math.round(performance.now() - began);
    await page.waitForTimeout(2000);
    const wheelFps = await framesPerSecond(browser, page, grid, 40);
    const flingFps = await framesPerSecond(browser, page, grid, 2000);
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return {
      ...{ firstPictureMs, wheelFps, flingFps, residentMb: largestRenderer() },
      heapMb: Math.round(usedSize / 1e6),
    };
  } finally {
    await browser.close();
  }
}

/** Frames that the compositor put on the screen, by its trace, while each frame scrolls so many
 * pixels.
 */
async function framesPerSecond(browser: Browser, page: Page, grid: string, pixels: number): Promise<number> {
  await browser.startTracing(page, { categories: ['viz'] });
  await page.evaluate(scrollScript(grid, pixels));
  interface TraceEvent {
    readonly name: string;
    readonly ph: string;
    /** Microseconds. */
    readonly ts: number;
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const swaps = traceEvents
    .filter(({ name, ph }) => name === 'Graphics.Pipeline.DrawAndSwap' && ph === 'b')
    .map(({ ts }) => ts)
    .sort((one, two) => one - two);
  // From the first to the last: the trace of a busy page may end before its scrolling does.
  return Math.round((10 * (swaps.length - 1)) / ((swaps.at(-1)! - swaps[0]!) / 1e6)) / 10;
}

/** For four seconds, back from either end; the compiler's own helpers are not there in the page, so
 * it is text.
 */
function scrollScript(grid: string, pixels: number): string {
  return `new Promise((resolve) => {
    const element = document.querySelector('${grid}');
    const began = performance.now();
    let by = ${pixels};
    requestAnimationFrame(function step(now) {
      const before = element.scrollTop;
      element.scrollTop += by;
      if (element.scrollTop === before) by = -by;
      if (now - began < 4000) return requestAnimationFrame(step);
      resolve();
    });
  })`;
}

/** Megabytes of the largest process that draws pages. */
function largestRenderer(): number {
  const processes = execFileSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' }).split('\n');
  const sizes = processes.filter((line) => line.includes('--type=renderer')).map((line) => parseInt(line.trim(), 10));
  return Math.round(Math.max(...sizes) / 1024);
}
