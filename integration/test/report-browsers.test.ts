import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys, launchFirefox, launchWebkit } from '../src/driven-browser.ts';
import type { DrivenBrowser } from '../src/driven-browser.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualmServe } from '../src/qualm-serve.ts';
import { qualm } from '../src/qualm.ts';

/* Whoever gets a report opens it in the browser that they have. What the page does is tested in
 * Chromium; here, that the other two engines do it, too. */

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-report-browsers-'));
  const predictions = join(folder, 'predictions');
  await predictDemo(predictions);
  await qualm('report', predictions, '--by', 'box', '--out', join(folder, 'report.html'));
  await qualm('report', predictions, '--by', 'box', '--out', join(folder, 'report'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const browsers = [
  { name: 'Firefox', launch: launchFirefox },
  { name: 'WebKit', launch: launchWebkit },
];

describe.each(browsers)('the report in $name', ({ name, launch }) => {
  let browser: DrivenBrowser;

  beforeAll(async () => (browser = await launch()));
  afterAll(() => browser?.close());

  const text = (of: string): Promise<string | undefined> =>
    browser.value(`document.querySelector(${JSON.stringify(of)})?.textContent`);
  /** A busy machine takes its time. */
  const poll: typeof expect.poll = (value) => expect.poll(value, { timeout: 60_000, interval: 100 });

  /** Opens a page, and waits for its pictures; the first cell has the focus. */
  async function open(url: string): Promise<void> {
    await browser.open(url);
    await seen('.cell img');
    await browser.value(`document.querySelector('.cell').focus()`);
  }

  /** Waits for pictures that are there and have come. */
  const seen = (pictures: string): Promise<void> =>
    poll(() =>
      browser.value(
        `[...document.querySelectorAll(${JSON.stringify(pictures)})].map((image) => image.naturalWidth > 0)`,
      ),
    ).toSatisfy((all: readonly boolean[]) => all.length > 0 && all.every(Boolean));

  it('shows pictures and boxes, looks closely, marks, undoes, and keeps the marks', async () => {
    await open(pathToFileURL(join(folder, 'report.html')).href);
    expect(await text('.count')).toMatch(/^\d+ boxes$/);
    expect(await browser.value(`document.querySelectorAll('.cell .box.deciding').length`)).toBeGreaterThan(3);
    await browser.press(keys.enter);
    await seen('dialog[open].detail img');
    await poll(() => browser.value(`document.querySelectorAll('dialog[open] tbody tr').length`)).toBeGreaterThan(0);
    await browser.press(keys.escape);
    await poll(() => text('dialog[open]')).toBeNull();
    await browser.press('a', 'x', 'a');
    await poll(() => text('.count')).toMatch(/, 2 accepted, 1 rejected$/);
    await browser.press('z');
    await poll(() => text('.count')).toMatch(/, 1 accepted, 1 rejected$/);
    await open(pathToFileURL(join(folder, 'report.html')).href);
    await poll(() => text('.count')).toMatch(/, 1 accepted, 1 rejected$/);
  });

  it('asks questions, and takes answers', async () => {
    await open(pathToFileURL(join(folder, 'report.html')).href);
    await browser.press('q');
    await seen('dialog[open].questions .look img');
    expect(await text('dialog[open] .progress')).toMatch(/^0 answered/);
    await browser.press('1', '0');
    await poll(() => text('dialog[open] .progress')).toMatch(/^2 answered/);
    await browser.press(keys.escape);
    await poll(() => text('.count')).toContain('2 answered');
  });

  it('has the pictures of a folder wherever it is scrolled to, and a map that is drawn', async () => {
    await open(pathToFileURL(join(folder, 'report/index.html')).href);
    const last = `String(parseInt(document.querySelector('.count').textContent) - 1)`;
    await browser.value(`document.querySelector('.grid').scrollTop = 1e9`);
    await poll(() => browser.value(`[...document.querySelectorAll('.cell')].at(-1).dataset.position === ${last}`)).toBe(
      true,
    );
    await seen('.cell img');
    const drawn = `[...document.querySelectorAll('.map canvas')].some((canvas) => {
      const points = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return points.some((value) => value !== points[0]);
    })`;
    await poll(() => browser.value(drawn)).toBe(true);
  });

  it('cuts no digit of a number field, and has no word that reaches out', async () => {
    await open(pathToFileURL(join(folder, 'report.html')).href);
    const room = `[...document.querySelectorAll('.toolbar input[type=number], .batch input[type=number]')].map((field) => {
      const { paddingLeft, paddingRight, font } = getComputedStyle(field);
      const context = Object.assign(document.createElement('canvas').getContext('2d'), { font });
      // Of Firefox, clientWidth leaves the padding out.
      const room = field.offsetWidth - 2 - parseFloat(paddingLeft) - parseFloat(paddingRight);
      return room - context.measureText(field.value).width;
    })`;
    for (const left of await browser.value<number[]>(room)) expect(left).toBeGreaterThanOrEqual(0);
    expect(await browser.value('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('is served, and its marks are in the file', async () => {
    const marks = join(folder, `${name}.json`);
    const { server, url } = await qualmServe(join(folder, 'predictions'), '--by', 'box', '--marks', marks);
    try {
      await open(url);
      await browser.press('a');
      await poll(async () => readFile(marks, 'utf8').catch(() => '')).toContain('"accept"');
      expect(await browser.value('location.search')).toBe('');
    } finally {
      server.kill('SIGINT');
    }
  });
});
