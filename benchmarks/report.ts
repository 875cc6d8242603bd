import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createReport, writeReportFolder } from '@qualm/report';
import type { PlacedThumbnail, ReportCell, ReportOptions } from '@qualm/report';
import { Image } from '@qualm/types';
import { renderCrops } from '@qualm/viz';
import type { Browser, Page } from 'playwright-core';
import { demoPhotographs } from '../examples/setup/demo-photographs.ts';
import { launchBrowser } from '../integration/src/browser.ts';
import { writeResult } from './write-result.ts';

/* The report in Chromium, without a GPU: 5,000 cells in one file and 100,000 in a folder, with
 * crops of photographs. Time to the first picture, frames that reach the screen while it is
 * scrolled (by the browser's own trace), and memory; beside a plain page of
 * `<img loading="lazy">` over the same files. The floor of frames is the screen's 60 a second. */

const scratch = await mkdtemp(join(tmpdir(), 'qualm-report-benchmark-'));
const options: ReportOptions = {
  labels: Array.from({ length: 80 }, (_, index) => `class ${index}`),
  strategies: [
    { name: 'margin', order: 'ascending' },
    { name: 'entropy', order: 'descending' },
    { name: 'leastConfidence', order: 'descending' },
  ],
};

interface Measures {
  readonly cells: number;
  readonly megabytes: number;
  readonly firstPictureMs: number;
  /** 2,400 pixels a second, as a wheel does; and ten rows a frame, as somebody does who pulls the
   * bar.
   */
  readonly wheelFps: number;
  readonly flingFps: number;
  readonly heapMb: number;
  readonly residentMb: number;
}

try {
  const crops = await cropsOfPhotographs();
  const [few, many] = [5000, 100_000];
  const file = join(scratch, 'report.html');
  const html = createReport(cellsOf(few, crops), options);
  await writeFile(file, html);
  const began = performance.now();
  const folder = await writeReportFolder(join(scratch, 'report'), cellsOf(many), {
    ...options,
    pictures: pictures(many),
  });
  const writeMs = performance.now() - began;
  const plain = join(scratch, 'report/plain.html');
  const [pictureFolder] = await readdir(join(scratch, 'report/thumbnails'));
  await writeFile(plain, plainPage(many, `thumbnails/${pictureFolder}`));
  const results = {
    file: await measures(file, { cells: few, bytes: Buffer.byteLength(html), grid: '.grid', picture: '.cell img' }),
    folder: {
      ...(await measures(folder.page, { cells: many, bytes: folder.bytes, grid: '.grid', picture: '.cell img' })),
      writeMs: Math.round(writeMs),
    },
    plain: await measures(plain, { cells: many, bytes: folder.bytes, grid: 'main', picture: 'img' }),
  };
  for (const [name, { cells, firstPictureMs, wheelFps, flingFps, residentMb }] of Object.entries(results))
    console.log(
      `${name.padEnd(7)} ${cells} cells: first picture ${firstPictureMs} ms, wheel ${wheelFps} and fling ${flingFps} frames/s, ${residentMb} MB resident`,
    );
  const { folder: ours, plain: theirs } = results;
  console.log(
    `folder against plain: first picture ${(theirs.firstPictureMs / ours.firstPictureMs).toFixed(1)} times as fast, memory ${(ours.residentMb / theirs.residentMb).toFixed(2)} of it, fling ${(ours.flingFps / theirs.flingFps).toFixed(1)} times the frames`,
  );
  const version = await browserVersion();
  writeResult('report', { chromium: version }, { results });

  async function* pictures(count: number): AsyncGenerator<PlacedThumbnail> {
    for (let place = 0; place < count; place++)
      yield await Promise.resolve({ place, thumbnail: crops[place % crops.length]! });
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function browserVersion(): Promise<string> {
  const browser = await launchBrowser();
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}

type Thumbnail = PlacedThumbnail['thumbnail'];

/** Crops as `qualm report` makes them: a raster of boxes over each photograph of the demo. */
async function cropsOfPhotographs(): Promise<Thumbnail[]> {
  const folder = await demoPhotographs(() => undefined);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  const boxes = Array.from({ length: 36 }, (_, index) => {
    const [x, y] = [40 * (index % 6), 40 * Math.floor(index / 6)];
    return { xmin: x, ymin: y, xmax: x + 120, ymax: y + 90 };
  });
  const crops = await Promise.all(
    names.map((name) =>
      renderCrops(Image.fromUri(join(folder, name)), boxes, {
        context: 0.3,
        maxWidth: 200,
        maxHeight: 200,
        quality: 75,
      }),
    ),
  );
  return crops.flat().filter((crop) => crop !== null);
}

function cellsOf(count: number, thumbnails?: readonly Thumbnail[]): ReportCell[] {
  // Of a linear congruential generator, so that each run has the same.
  let state = 1;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const side = { xmin: 40, ymin: 30, xmax: 160, ymax: 120 };
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `${String(index).padStart(12, '0')}#0`, image: `${String(index).padStart(12, '0')}.jpg` },
    ...{ width: 640, height: 480, region: { x: 10, y: 10, width: 200, height: 150 } },
    boxes: [
      {
        ...{ ...side, box: 0, label: index % 80, score: 0.5 },
        rivals: [7, 11].map((step) => ({ label: (step * index) % 80, score: random() / 2 })),
      },
    ],
    ...{ box: 0, label: index % 80, second: (7 * index) % 80, score: random(), secondScore: random() / 2 },
    values: [random(), random(), random()],
    ...(thumbnails && { thumbnail: thumbnails[index % thumbnails.length]! }),
  }));
}

/** What one writes who has no grid: every picture is an element, the browser loads those that are
 * near.
 */
function plainPage(count: number, folder: string): string {
  const picture = (index: number): string =>
    `<figure><img loading="lazy" width="164" height="136" src="${folder}/${Math.floor(index / 1000)}/${index}.jpg"><figcaption>class ${index % 80}</figcaption></figure>`;
  const style = 'html,body{height:100%;margin:0}main{height:100%;overflow:auto}figure{display:inline-block;margin:8px}';
  return `<!doctype html><style>${style}</style><main>${Array.from({ length: count }, (_, index) => picture(index)).join('\n')}</main>`;
}

async function measures(
  path: string,
  { cells, bytes, grid, picture }: { cells: number; bytes: number; grid: string; picture: string },
): Promise<Measures> {
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
      ...{ cells, firstPictureMs, wheelFps, flingFps, residentMb: largestRenderer() },
      megabytes: Math.round(bytes / 1e5) / 10,
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
