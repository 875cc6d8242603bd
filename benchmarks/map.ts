import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { writeReportFolder } from '@qualm/report';
import { createRandom } from '@qualm/strategies';
import { Image } from '@qualm/types';
import { describePicture, renderCrops } from '@qualm/viz';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { demoPhotographs } from '../examples/setup/demo-photographs.ts';
import { launchBrowser } from '../integration/src/browser.ts';
import { createAlikeGroups } from '../packages/report/src/page/alike/alike-groups.ts';
import { finish } from '../packages/report/src/page/slices.ts';
import { packVectors } from '../packages/selection/src/vectors/pack-vectors.ts';
import { longestTask } from './map/longest-task.ts';
import { countMissed, recallOf } from './map/recall.ts';
import { spreadOf } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* What is alike, on the page of a report.
 *
 *     npx tsx --conditions=@qualm/source benchmarks/map.ts [a folder of photographs]
 *
 * How far a copy of a photograph is from its original by colours and edges, and how far the
 * nearest other photograph; how many of the ten nearest crops are still the ten nearest in the
 * short whole numbers of the page; how many near duplicates folding misses above 4,000 cells,
 * where it does not look at all; and how long the page of 100,000 cells takes to fold, how long it
 * answers nothing meanwhile, and how long it takes to order by likeness, and to show a part of the
 * map that is drawn around. */

const rounds = 7;
const looks = { words: 'looks', near: 0.1, metric: 'euclidean' } as const;
const photographs = argv[2] === undefined ? await demoPhotographs(() => undefined) : resolve(argv[2]);
const names = (await readdir(photographs))
  .filter((name) => /\.jpe?g$/i.test(name))
  .map((name) => join(photographs, name));

const crops = (await Promise.all(names.map(cropsOf))).flat();
const copies = await copyDistances();
console.log(`copies of ${names.length} photographs:`, copies);
const recall = {
  crops: crops.length,
  ...{ 64: recallOf(crops, packVectors(crops, looks)), 32: recallOf(crops, packVectors(manyOf(crops, 20_001), looks)) },
};
console.log('of the ten nearest crops, and the nearest, found in 64 and in 32 numbers:', recall);

const some = manyOf(crops, 20_000);
const missed = countMissed(packVectors(some, looks), looks.near, (vectors) =>
  finish(createAlikeGroups(vectors)(looks.near)),
);
console.log('folded of 20,000, and missed:', missed);

const scratch = await mkdtemp(join(tmpdir(), 'qualm-map-'));
try {
  const count = 100_000;
  const vectors = packVectors(manyOf(crops, count), looks);
  const cells = Array.from({ length: count }, (_, at) => ({
    ...{ id: `c${at}`, image: `${at}.jpg`, width: 40, height: 30, label: at % 80, score: 0.5 },
    values: [((7919 * at) % count) / count],
  }));
  const options = {
    labels: Array.from({ length: 80 }, (_, at) => `class ${at}`),
    strategies: [{ name: 'margin', order: 'ascending' as const }],
  };
  const plain = await writeReportFolder(join(scratch, 'plain'), cells, options);
  const mapped = await writeReportFolder(join(scratch, 'mapped'), cells, { ...options, vectors });
  const bytesPerCell = Math.round((mapped.bytes - plain.bytes) / count);
  const page = await timesOf(mapped.page);
  console.log(`${bytesPerCell} bytes a cell; milliseconds of ${count} cells:`, page);
  const few = packVectors(crops.slice(0, 5000), looks);
  const bytesOfFew = Math.round((4 * few.dimensions) / 3);
  const found = { photographs: names.length, copies, recall, missed, bytesPerCell, bytesOfFew, cells: count, page };
  writeResult('map', { chromium: await versionOfBrowser() }, found);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function cropsOf(name: string): Promise<Float32Array[]> {
  const boxes = Array.from({ length: 9 }, (_, at) => {
    const [x, y] = [90 * (at % 3), 80 * Math.floor(at / 3)];
    return { xmin: x, ymin: y, xmax: x + 120, ymax: y + 110 };
  });
  const made = await renderCrops(Image.fromUri(name), boxes, { context: 0.3, maxWidth: 200, quality: 75 });
  return Promise.all(made.flatMap((crop) => (crop ? [describePicture(Image.fromBytes(crop.bytes))] : [])));
}

/** From each photograph to its copy, smaller by a fifth and compressed anew at quality 60, and to
 * the nearest other photograph. */
async function copyDistances(): Promise<object> {
  const originals = await Promise.all(names.map((name) => describePicture(Image.fromUri(name))));
  const apart = (one: Float32Array, two: Float32Array): number => Math.hypot(...one.map((value, i) => value - two[i]!));
  const ofCopies = await Promise.all(
    names.map(async (name, at) => {
      const { width } = await sharp(name).metadata();
      const bytes = await sharp(name)
        .resize(Math.round(0.8 * width))
        .jpeg({ quality: 60 })
        .toBuffer();
      return apart(originals[at]!, await describePicture(Image.fromBytes(bytes)));
    }),
  );
  const ofOthers = originals.map((one, at) =>
    Math.min(...originals.filter((_, other) => other !== at).map((other) => apart(one, other))),
  );
  return { copies: spreadOf(ofCopies), nearestOther: spreadOf(ofOthers) };
}

/** As many vectors: those that are there, and then others of them shaken, of which each fourth is a
 * near copy.
 */
function manyOf(vectors: readonly Float32Array[], count: number): Float32Array[] {
  const random = createRandom(1);
  return Array.from({ length: count }, (_, at) => {
    if (at < vectors.length) return vectors[at]!;
    const strength = at % 4 === 0 ? 0.004 : 0.06;
    return vectors[Math.floor(random() * vectors.length)]!.map((value) => value + strength * (random() - 0.5));
  });
}

async function timesOf(path: string): Promise<Record<string, unknown>> {
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 900 } })).newPage();
    await page.goto(pathToFileURL(path).href, { timeout: 120_000 });
    await page.locator('.map canvas').scrollIntoViewIfNeeded();
    await page.waitForTimeout(3000);
    const [firstFold, firstFoldTask] = await timedFold(page, '0.1');
    const times: Record<string, number[]> = {
      ...{ lasso: [], lassoAndMap: [], whole: [], fold: [], foldTask: [], like: [] },
    };
    for (let round = 0; round < rounds; round++) {
      // Another part each time, as the same one is remembered.
      const [lasso, lassoAndMap] = await timedLasso(page, round);
      times['lasso']!.push(lasso);
      times['lassoAndMap']!.push(lassoAndMap);
      times['whole']!.push(
        await timed(
          page,
          `[...document.querySelectorAll('button')].find((one) => one.textContent === 'Whole map').click()`,
        ),
      );
      const [folded, task] = await timedFold(page, String(0.08 + 0.002 * round));
      times['fold']!.push(folded);
      times['foldTask']!.push(task);
      await page.evaluate(`location.hash = ''`);
      await page.waitForTimeout(300);
      times['like']!.push(
        await timed(page, `location.hash = 'like=c${round}'; dispatchEvent(new Event('hashchange'))`),
      );
      await page.evaluate(`location.hash = ''`);
      await page.waitForTimeout(300);
    }
    return {
      firstFold,
      firstFoldTask,
      ...Object.fromEntries(Object.entries(times).map(([name, list]) => [name, spreadOf(list)])),
    };
  } finally {
    await browser.close();
  }
}

/** Milliseconds until the grid is folded, and those of the processor that the longest task takes
 * until the panels and the map follow. */
async function timedFold(page: Page, far: string): Promise<readonly [folded: number, task: number]> {
  let folded = 0;
  const task = await longestTask(page, async () => {
    folded = await page.evaluate<number>(`new Promise((resolve) => {
      const began = performance.now();
      history.replaceState(null, '', '#fold=${far}');
      dispatchEvent(new Event('hashchange'));
      const look = () => {
        const isBusy = document.querySelector('[aria-label="What is alike"]').hasAttribute('aria-busy');
        if (isBusy) setTimeout(look);
        else resolve(performance.now() - began);
      };
      look();
    })`);
    await page.waitForTimeout(1000);
  });
  return [folded, task];
}

/** Milliseconds of what is done at once. */
function timed(page: Page, script: string): Promise<number> {
  return page.evaluate(`(() => { const began = performance.now(); ${script}; return performance.now() - began; })()`);
}

/** Draws around a part with forty corners; until the grid shows its cells, and until the map does,
 * too. */
function timedLasso(page: Page, round: number): Promise<[number, number]> {
  return page.evaluate(`new Promise((resolve) => {
    const map = document.querySelector('.map');
    const { left, top, width, height } = map.getBoundingClientRect();
    map.setPointerCapture = () => undefined;
    const send = (type, x, y) => map.dispatchEvent(new PointerEvent(type, { button: 0, pointerId: 1, bubbles: true, clientX: left + width * x, clientY: top + height * y }));
    const corner = (at) => [0.5 + (0.3 + 0.01 * ${round}) * Math.cos(at / 6.4), 0.5 + 0.3 * Math.sin(at / 6.4)];
    send('pointerdown', ...corner(0));
    for (let at = 1; at <= 40; at++) send('pointermove', ...corner(at));
    const began = performance.now();
    send('pointerup', ...corner(40));
    const shown = performance.now() - began;
    setTimeout(() => requestAnimationFrame(() => setTimeout(() => resolve([shown, performance.now() - began]))));
  })`);
}

async function versionOfBrowser(): Promise<string> {
  const browser = await launchBrowser();
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}
