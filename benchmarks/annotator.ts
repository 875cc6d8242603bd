/* Somebody who knows what people drew answers the questions of the page, in Chromium, about what
 * YOLOX-nano found in photographs of COCO: how many answers a minute, and how many errors are left,
 * in each order of questions; beside drawing the same pictures whole. Seconds are what people
 * are taken to need (`annotator/human-seconds.ts`), not those of this program.
 *
 *   QUALM_TEST_DATA=<folder> npx tsx benchmarks/annotator.ts
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../integration/src/browser.ts';
import { qualm } from '../integration/src/qualm.ts';
import { root, testData } from '../integration/src/repository.ts';
import { answerPage } from './annotator/answer-page.ts';
import type { Answered, Step } from './annotator/answer-page.ts';
import { drawWhole } from './annotator/draw-whole.ts';
import { humanSeconds } from './annotator/human-seconds.ts';
import { createOracle } from './annotator/oracle.ts';
import { summaryOf } from './annotator/summary.ts';
import type { Summary } from './annotator/summary.ts';
import { truePictures } from './annotator/true-pictures.ts';
import { writeResult } from './write-result.ts';

const data = testData();
if (data === null) throw new Error('annotator: no photographs of COCO; set QUALM_TEST_DATA');
const minScore = 0.2;
const [photographs, seeds] = [100, 3];
const minutes = [5, 15, 30, 60, 120];
const answers = [100, 300, 1000];
const scratch = await mkdtemp(join(tmpdir(), 'qualm-annotator-'));
const coco = join(data, 'coco-val2017/instances.json');
const predictions = join(scratch, 'yolox-nano');

try {
  const pictures = await truePictures(coco);
  const model = ['--model', join(root, 'examples/models/yolox-nano.json'), '--model-root', join(data, 'models')];
  const images = ['--coco', coco, '--images', join(data, 'coco-val2017/images')];
  await qualm('predict', ...images, '--limit', String(photographs), ...model, '--device', 'cpu', '--out', predictions);
  const browser = await launchBrowser();
  const run = (order: string, title: string): Promise<Answered> => answered(browser, order, title, pictures);
  const byOrder = {
    information: [await run('information', 'Questions')],
    pictures: [await run('pictures', 'Questions')],
    grid: [await run('grid', 'Questions')],
    random: [] as Answered[],
  };
  for (let seed = 1; seed <= seeds; seed++) byOrder.random.push(await run('random', `Questions ${seed}`));
  const version = browser.version();
  await browser.close();

  const [grid] = byOrder.grid;
  const drawn = (secondsOfBox: number): Step[] =>
    drawWhole(
      grid!.pictures.map(({ image, errors }) => ({ objects: pictures.get(image)!.objects.length, errors })),
      secondsOfBox,
    );
  const summaries: Record<string, Summary> = {};
  for (const [order, runs] of Object.entries(byOrder))
    summaries[order] = summaryOf(
      runs.map(({ steps }) => steps),
      minutes,
      answers,
    );
  summaries['drawn by extreme clicking'] = summaryOf([drawn(humanSeconds.draw)], minutes, []);
  summaries['drawn as for ILSVRC'] = summaryOf([drawn(humanSeconds.drawOld)], minutes, []);

  const { before, after, counts, meanOverlap, tooSmall, pictures: shown } = grid!;
  const objects = shown.reduce((sum, { image }) => sum + pictures.get(image)!.objects.length, 0);
  for (const [name, { leftAfterMinutes, minutes: all }] of Object.entries(summaries))
    console.log(name, JSON.stringify(leftAfterMinutes), 'done in', JSON.stringify(all), 'minutes');
  writeResult(
    'annotator',
    { chromium: version },
    {
      pictures: shown.length,
      objects,
      minScore,
      humanSeconds,
      before,
      after,
      counts,
      meanOverlap,
      tooSmall,
      summaries,
    },
  );
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** Answers all questions of a report of images, which is made for it. */
async function answered(
  browser: Browser,
  order: string,
  title: string,
  pictures: Awaited<ReturnType<typeof truePictures>>,
): Promise<Answered> {
  const file = join(scratch, 'report.html');
  const shown = ['--by', 'image', '--min-score', String(minScore), '--title', title];
  await qualm('report', predictions, ...shown, '--out', file);
  const { page, context } = await openPage(browser, `${pathToFileURL(file).href}#ask=${order}`);
  await page.locator('.look img').waitFor();
  const done = await answerPage(page, createOracle(pictures), pictures);
  await context.close();
  const { seconds, answers: count, errors } = done.steps.at(-1)!;
  console.log(`${order}, ${title}: ${count} answers, ${Math.round(seconds / 60)} minutes, ${errors} errors left`);
  return done;
}
