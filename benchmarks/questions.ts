/* How long it takes from a key that answers a question of the page to the next question on the
 * screen, with its picture, in Chromium without a GPU: from one file, from a folder, and from
 * `qualm serve`, which gives whole photographs; of a hundred thousand boxes too. The bound is
 * 50 ms. Between answers pass 400 ms, less than people take, in which the next picture is loaded.
 *
 *   QUALM_TEST_DATA=<folder> npx tsx benchmarks/questions.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeReportFolder } from '@qualm/report';
import type { ReportCell } from '@qualm/report';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser, openPage } from '../integration/src/browser.ts';
import { qualm, qualmBin } from '../integration/src/qualm.ts';
import { root, testData } from '../integration/src/repository.ts';
import { spreadOf } from './spread-of.ts';
import type { Spread } from './spread-of.ts';
import { writeResult } from './write-result.ts';

const data = testData();
if (data === null) throw new Error('questions: no photographs of COCO; set QUALM_TEST_DATA');
const answers = 60;
const pause = 400;
const scratch = await mkdtemp(join(tmpdir(), 'qualm-questions-'));
const predictions = join(scratch, 'yolox-nano');
const bound = 50;

interface Latency {
  readonly questions: number;
  /** Milliseconds from the key to the picture of the next question. */
  readonly ms: Spread;
  readonly p95: number;
  /** Answers after which it took longer than the bound. */
  readonly late: number;
  /** Milliseconds from the key that opens the questions to the first one. */
  readonly openMs: number;
}

/** In the page: from when a key was pressed to the first frame after it that has the picture. */
const watch = `
  globalThis.times = [];
  globalThis.measured = (count) => new Promise((done) => {
    const look = () => (times.length >= count ? done() : setTimeout(look, 5));
    look();
  });
  addEventListener('keydown', (event) => {
    const since = event.timeStamp;
    const drawn = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const image = document.querySelector('.look img');
        if (image && !image.complete) return image.addEventListener('load', drawn, { once: true });
        times.push(performance.now() - since);
      };
      port2.postMessage(0);
    });
    drawn();
  }, true);
`;

try {
  const model = ['--model', join(root, 'examples/models/yolox-nano.json'), '--model-root', join(data, 'models')];
  const coco = join(data, 'coco-val2017/instances.json');
  const images = ['--coco', coco, '--images', join(data, 'coco-val2017/images')];
  await qualm('predict', ...images, ...model, '--device', 'cpu', '--out', predictions);
  await qualm('report', predictions, '--by', 'image', '--out', join(scratch, 'images.html'));
  await qualm('report', predictions, '--cells', '5000', '--min-score', '0.05', '--out', join(scratch, 'boxes.html'));
  await qualm('report', predictions, '--by', 'image', '--out', join(scratch, 'folder'));
  const many = await writeReportFolder(join(scratch, 'many'), boxes(100_000), {
    ...{ labels: ['cat', 'dog'], strategies: [{ name: 'margin', order: 'ascending' }], by: 'box' },
    pictures: noPictures(),
  });
  const browser = await launchBrowser();
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const file = (name: string): string => pathToFileURL(join(scratch, name)).href;
  const results: Record<string, Latency> = {
    'one file, images': await latency(browser, file('images.html')),
    'one file, boxes': await latency(browser, file('boxes.html')),
    folder: await latency(browser, file('folder/index.html')),
    'folder, phone': await latency(browser, file('folder/index.html'), phone),
    'folder, 100,000 boxes': await latency(browser, pathToFileURL(many.page).href),
  };
  const server = spawn(process.execPath, [qualmBin, 'serve', predictions, '--by', 'image', '--json'], {
    cwd: scratch,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
  results['server'] = await latency(browser, (JSON.parse(line) as { url: string }).url);
  server.kill('SIGINT');
  const version = browser.version();
  await browser.close();
  for (const [name, { ms, p95, late, openMs, questions }] of Object.entries(results))
    console.log(`${name}: ${JSON.stringify(ms)} ms, 95 % within ${p95}, ${late} late; ${questions} in ${openMs} ms`);
  writeResult('questions', { chromium: version }, { answers, pause, bound, results });
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function latency(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Latency> {
  const { page, context } = await openPage(browser, url, options);
  await page.locator('.cell').first().waitFor();
  await page.evaluate(watch);
  await page.keyboard.press('q');
  await page.evaluate('measured(1)');
  await page.locator('.look').waitFor();
  for (let turn = 1; turn <= answers; turn++) {
    await page.waitForTimeout(pause);
    await page.keyboard.press(turn % 4 === 0 ? '0' : '1');
    await page.evaluate(`measured(${turn + 1})`);
  }
  const [open, ...times] = await page.evaluate<number[]>('times');
  const said = (await page.locator('.questions .progress').textContent())!;
  await context.close();
  const sorted = times.toSorted((a, b) => a - b);
  return {
    questions: Number(/, ([\d,]+) left/.exec(said)![1]!.replaceAll(',', '')) + answers,
    ms: spreadOf(times),
    p95: Math.round(sorted[Math.floor(0.95 * sorted.length)]!),
    late: times.filter((ms) => ms > bound).length,
    openMs: Math.round(open!),
  };
}

function* boxes(count: number): Generator<ReportCell> {
  for (let at = 0; at < count; at++) {
    const score = 0.2 + ((at * 7919) % 6000) / 10_000;
    const box = { xmin: 10, ymin: 20, xmax: 90, ymax: 80, label: 0, score, rivals: [{ label: 1, score: 0.2 }] };
    const region = { x: 0, y: 0, width: 100, height: 100 };
    const [id, image] = [`${at}.jpg#cat`, `${at}.jpg`];
    yield { id, image, width: 640, height: 480, region, boxes: [box], values: [score - 0.2] };
  }
}

async function* noPictures(): AsyncGenerator<never> {
  // A server of a hundred thousand photographs is another matter.
}
