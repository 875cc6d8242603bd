import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { readPredictions } from '@qualm/datasets';
import { createReport, writeReportFolder } from '@qualm/report';
import type { ReportCell } from '@qualm/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testData } from '../../examples/setup/folders.ts';
import { difference, exported, launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import type { WatchedPage } from '../src/browser.ts';
import { dataOfPage } from '../src/data-of-page.ts';
import { predictCoco, predictDemo } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-report-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A report, as a file that somebody was sent. */
function openFile(path: string, hash = '', options: Parameters<typeof openPage>[2] = {}): Promise<WatchedPage> {
  return openPage(browser, `${pathToFileURL(path).href}${hash}`, options);
}

const captions = (page: Page): Promise<string[]> => page.locator('.cell strong').allTextContents();
/** Waits for all pictures that are there. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.cell img').first().waitFor();
  await expect
    .poll(() =>
      page.locator('.cell img').evaluateAll((all) => all.every((image) => (image as HTMLImageElement).complete)),
    )
    .toBe(true);
}

/** The panels beside the grid follow it a moment later. */
const settled = (page: Page): Promise<void> => page.locator('.side:not([aria-busy])').waitFor({ state: 'attached' });
const count = (page: Page): Promise<string> => page.locator('.count').textContent() as Promise<string>;

const data = testData();
if (!data) console.warn('skipped: the report of photographs of COCO; set QUALM_TEST_DATA to test it');
const sources = [
  { name: 'demo photographs', predict: (out: string): Promise<unknown> => predictDemo(out) },
  ...(data
    ? [{ name: 'photographs of COCO', predict: (out: string): Promise<unknown> => predictCoco(data, out) }]
    : []),
];

describe.each(sources)('the report of $name', ({ name, predict }) => {
  let report: string;
  let predictions: string;

  beforeAll(async () => {
    predictions = join(folder, name, 'predictions');
    report = join(folder, `${name}.html`);
    await predict(predictions);
    const shown = ['--title', 'Photographs', '--min-score', '0.1', '--strategy', 'margin'];
    await qualm('report', predictions, '--out', report, ...shown);
  });

  it('shows boxes, least sure first, asks for nothing else, and complains of nothing', async () => {
    const { page, complaints, asked } = await openFile(report);
    await page.locator('.cell img').first().waitFor();
    expect(await page.title()).toBe('Photographs');
    const values = (await page.locator('.cell .value').allTextContents()).map(Number);
    expect(values.length).toBeGreaterThan(8);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    const drawn = await page
      .locator('.cell img')
      .evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 20));
    expect(drawn).toBe(true);
    expect(asked).toEqual([pathToFileURL(report).href]);
    expect(complaints).toEqual([]);
  });

  it('has each line of controls in one row at 1280 pixels', async () => {
    const { page } = await openFile(report, '', { viewport: { width: 1280, height: 720 } });
    await page.locator('.cell').first().waitFor();
    for (const line of ['.head', '.below-head', '.toolbar', '.batch']) {
      const controls = page.locator(`${line} :is(h1, output, summary, select, input, button):visible`);
      const middles = await controls.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2),
      );
      expect([line, Math.max(...middles) - Math.min(...middles) < 24]).toEqual([line, true]);
    }
  });

  it('filters by class, words, score and a pair of the table, and says how many are left', async () => {
    const { page, complaints } = await openFile(report);
    const all = await count(page);
    await page.getByRole('combobox', { name: 'Class' }).selectOption({ index: 1 });
    const name = (await page.getByRole('combobox', { name: 'Class' }).locator('option:checked').textContent())!.replace(
      / \(.*/,
      '',
    );
    for (const caption of await captions(page)) expect(caption).toMatch(new RegExp(`^${name} `));
    expect(await count(page)).toMatch(/^[\d,]+ of [\d,]+ boxes$/);
    await page.getByRole('button', { name: 'Reset' }).click();
    expect(await count(page)).toBe(all);
    await page.getByLabel('Words').fill(name);
    for (const label of await page.locator('.cell').evaluateAll((cells) => cells.map((one) => one.textContent!)))
      expect(label).toContain(name);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByLabel('Score from').fill('0.5');
    await page.getByLabel('Score from').press('Tab');
    for (const caption of await captions(page)) expect(Number(caption.split(' ').at(-1))).toBeGreaterThanOrEqual(0.5);
    await page.getByRole('button', { name: 'Reset' }).click();
    await settled(page);
    const pair = page.locator('.pairs button').first();
    const [, best, second, many] = /^(.*) or (.*): (\d+)$/.exec((await pair.getAttribute('aria-label'))!)!;
    await pair.click();
    expect(await count(page)).toMatch(new RegExp(`^${many} of `));
    expect((await captions(page))[0]).toContain(best!);
    expect(await page.locator('.cell .bar').nth(1).textContent()).toMatch(new RegExp(`^${second} \\d`));
    expect(complaints).toEqual([]);
  });

  it('is gone about by the keyboard, marks, keeps the marks, and exports them', async () => {
    const { page, complaints } = await openFile(report);
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog.detail');
    expect(await dialog.locator('dd').last().textContent()).toBe('rejected');
    await page.keyboard.press('ArrowRight');
    expect(await dialog.locator('dd').last().textContent()).toBe('none');
    await page.keyboard.press('t');
    await page.keyboard.type('night, blurry,night');
    await page.keyboard.press('Enter');
    expect(await dialog.locator('dd').last().textContent()).toBe('#blurry #night');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement!.getAttribute('role'))).toBe('gridcell');
    await page.keyboard.press('Control+Home');
    await page.locator('h1').click();
    const shot = (): Promise<Buffer> => page.locator('main').screenshot();
    const before = await shot();
    await page.reload();
    await page.locator('.cell img').first().waitFor();
    await expect.poll(async () => difference(before, await shot())).toBe(0);
    expect(await page.locator('.cell[data-mark=accept]').count()).toBe(1);
    expect(await page.locator('.cell[data-mark=reject]').count()).toBe(1);
    const { selection } = JSON.parse(await readFile(await exported(page, 'marked', 'json'), 'utf8')) as {
      selection: { verdict: string | null; tags: string[] }[];
    };
    expect(selection.map(({ verdict }) => verdict).sort()).toEqual(['accept', null, 'reject'].sort());
    expect(selection.find(({ verdict }) => verdict === null)!.tags).toEqual(['blurry', 'night']);
    for (const mark of ['accept', 'reject', '#night']) {
      await page.getByLabel('Marks').selectOption(mark);
      expect(await count(page)).toMatch(/^1 of .*, 1 accepted, 1 rejected$/);
    }
    expect(complaints).toEqual([]);
  });

  it('narrows to a stretch of uncertainty and to a class by bars to click, and says where it is in the address', async () => {
    const { page, complaints } = await openFile(report);
    await settled(page);
    const histogram = page.getByRole('group', { name: /^Boxes by margin/ });
    const { width } = (await histogram.locator('.plot').boundingBox())!;
    // The first of forty bars holds the least sure.
    await histogram.locator('.plot').click({ position: { x: width / 80, y: 8 } });
    await settled(page);
    const said = (): Promise<number> =>
      histogram
        .locator('.said')
        .textContent()
        .then((text) => Number(text!.split(': ')[1]!.replace(',', '')));
    const first = await said();
    await expect.poll(() => count(page)).toMatch(new RegExp(`^${first} of `));
    await expect.poll(() => new URL(page.url()).hash).toMatch(/ranges=margin/);
    await histogram.locator('.plot').click({ position: { x: (7 * width) / 80, y: 8 }, modifiers: ['Shift'] });
    await settled(page);
    const wider = await said();
    expect(wider).toBeGreaterThan(first);
    await expect.poll(() => count(page)).toMatch(new RegExp(`^${wider} of `));
    await page.getByRole('button', { name: /^margin .* ×$/ }).click();
    await settled(page);
    const bar = page.getByRole('group', { name: 'Boxes by class' }).getByRole('button').first();
    const many = await bar.locator('.count-of').textContent();
    await bar.click();
    await expect.poll(() => count(page)).toMatch(new RegExp(`^${many} of `));
    expect(complaints).toEqual([]);
  });

  it('zooms about the pointer, moves by dragging, and goes back', async () => {
    const { page } = await openFile(report);
    await page.locator('.cell').first().click();
    const panes = page.locator('.panes');
    const box = (await panes.boundingBox())!;
    const scale = (): Promise<string> => panes.evaluate((element) => element.style.getPropertyValue('--scale'));
    const left = (): Promise<number> => panes.evaluate((element) => parseFloat(element.style.getPropertyValue('--x')));
    const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
    await page.mouse.move(x, y);
    for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, -100);
    await expect.poll(async () => Number(await scale())).toBeCloseTo(1.2 ** 4, 6);
    // What was in the middle still is.
    expect(await left()).toBeCloseTo((x - box.x) * (1 - 1.2 ** 4), 0);
    const before = await left();
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 20);
    await page.mouse.up();
    expect(await left()).toBeCloseTo(before + 50, 0);
    await page.mouse.move(x - 50, y);
    expect(await left()).toBeCloseTo(before + 50, 0);
    await page.keyboard.press('0');
    expect(await scale()).toBe('1');
  });

  it('keeps each picture in the frame that it has, whatever its shape', async () => {
    const { page } = await openFile(report);
    await drawn(page);
    const frames = await page.locator('.cell .picture').evaluateAll((all) =>
      all.map((frame) => {
        const [outer, inner] = [frame, frame.querySelector('.stage')!].map((part) => part.getBoundingClientRect());
        return {
          isInside:
            inner!.top >= outer!.top - 1 && inner!.bottom <= outer!.bottom + 1 && inner!.width <= outer!.width + 1,
          isFilling: inner!.height > outer!.height - 2 || inner!.width > outer!.width - 2,
          ratio: inner!.width / inner!.height,
        };
      }),
    );
    expect(frames.length).toBeGreaterThan(8);
    expect(frames.filter(({ isInside, isFilling }) => !isInside || !isFilling)).toEqual([]);
    expect(Math.min(...frames.map(({ ratio }) => ratio))).toBeLessThan(1);
    expect(Math.max(...frames.map(({ ratio }) => ratio))).toBeGreaterThan(1.3);
  });

  it('hides boxes, and shows them again', async () => {
    const { page } = await openFile(report);
    const box = page.locator('.cell .box').first();
    await box.waitFor();
    await page.keyboard.press('o');
    expect(await box.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Boxes' }).click();
    expect(await box.isVisible()).toBe(true);
  });

  it('is the same to the eye as a folder of thumbnails', async () => {
    const to = join(folder, name, 'as-folder');
    const shown = ['--title', 'Photographs', '--min-score', '0.1', '--strategy', 'margin'];
    await qualm('report', predictions, '--out', to, ...shown);
    const file = await openFile(report);
    const other = await openFile(join(to, 'index.html'));
    for (const { page } of [file, other]) await drawn(page);
    expect(await difference(await file.page.screenshot(), await other.page.screenshot())).toBe(0);
    expect(other.complaints).toEqual([]);
    expect(other.asked.every((url) => url.startsWith(pathToFileURL(to).href))).toBe(true);
    expect(other.asked.length).toBeGreaterThan(8);
  });

  it('opens where a link says', async () => {
    const { page } = await openFile(report);
    await page.locator('.cell').nth(3).click();
    const id = await page.locator('dialog.detail dd').nth(-2).textContent();
    const { hash } = new URL(page.url());
    const other = await openFile(report, hash);
    expect(await other.page.locator('dialog.detail dd').nth(-2).textContent()).toBe(id);
    expect(other.complaints).toEqual([]);
  });

  it('shows the classes of each box as bars, as long as their scores', async () => {
    const { page } = await openFile(report);
    await page.locator('.cell').first().waitFor();
    const cells = await page.locator('.cell').evaluateAll((all) =>
      all.map((cell) =>
        Array.from(cell.querySelectorAll<HTMLElement>('.bar'), (bar) => ({
          number: Number(/(\d\.\d+)$/.exec(bar.textContent!)![1]),
          share: Number(bar.style.getPropertyValue('--share')),
        })),
      ),
    );
    expect(Math.max(...cells.map(({ length }) => length))).toBe(3);
    for (const bars of cells) {
      expect(bars.map(({ share }) => share)).toEqual(bars.map(({ share }) => share).sort((a, b) => b - a));
      for (const { number, share } of bars) expect(Math.abs(number - share)).toBeLessThanOrEqual(0.0051);
    }
    const sides = await page
      .locator('.cell')
      .evaluateAll((all) => all.map((cell) => [cell.scrollHeight, cell.clientHeight]));
    for (const [needed, there] of sides) expect(needed).toBeLessThanOrEqual(there!);
  });

  it('has a table of the boxes of an image: rows light boxes, boxes choose rows, and a slider hides both', async () => {
    const byImage = join(folder, `${name}-images.html`);
    await qualm('report', predictions, '--out', byImage, '--by', 'image', '--min-score', '0.1', '--strategy', 'margin');
    const { page, complaints } = await openFile(byImage);
    await page.locator('.cell').first().click();
    const rows = page.locator('.boxes tbody tr');
    const values = (await page.locator('.boxes tbody tr td:nth-child(5)').allTextContents()).map(Number);
    expect(values.length).toBeGreaterThan(1);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(await rows.count()).toBe(await page.locator('.pane .box').count());
    const chosen = (): Promise<string | null> => page.locator('.boxes tr[aria-selected=true]').getAttribute('data-at');
    const lit = (): Promise<string | null> => page.locator('.pane .box.chosen').getAttribute('data-at');
    expect(await chosen()).toBe(await page.locator('.pane .box.deciding').getAttribute('data-at'));
    await rows.nth(1).click();
    expect(await lit()).toBe(await rows.nth(1).getAttribute('data-at'));
    await page.keyboard.press('ArrowUp');
    expect(await chosen()).toBe(await rows.first().getAttribute('data-at'));
    expect(await lit()).toBe(await chosen());
    expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-selected'))).toBe('true');
    await page.keyboard.press('ArrowDown');
    const smallest = await page.locator('.pane .box').evaluateAll((all) => {
      const sizes = all.map((box) => box.getBoundingClientRect()).map(({ width, height }) => width * height);
      const at = sizes.indexOf(Math.min(...sizes));
      const { left, top, width, height } = all[at]!.getBoundingClientRect();
      return { at: all[at]!.getAttribute('data-at'), x: left + width / 2, y: top + height / 2 };
    });
    if ((await chosen()) === smallest.at) await page.keyboard.press('ArrowUp');
    await page.mouse.click(smallest.x, smallest.y);
    expect(await chosen()).toBe(smallest.at);
    const first = await page.locator('.boxes tr[aria-selected=true] td').first().textContent();
    expect(await page.locator('.vector strong').textContent()).toMatch(new RegExp(`^${first} 0\\.\\d+$`));
    const slider = page.getByLabel('Boxes from');
    await slider.fill('0.4');
    const left = await page.locator('.boxes tbody tr:visible').count();
    expect(left).toBe(await page.locator('.pane .box:visible').count());
    expect(await page.locator('.score-slider output').textContent()).toBe(`0.40, ${left} of ${values.length} boxes`);
    for (const score of await page.locator('.boxes tbody tr:visible td:nth-child(2)').allTextContents())
      expect(Number(score)).toBeGreaterThanOrEqual(0.4);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('has labels in the close-up that cover none of each other, also zoomed', async () => {
    const { page } = await openFile(join(folder, `${name}-images.html`));
    await page.locator('.cell').first().click();
    const covered = (): Promise<number> =>
      page.locator('.tag:visible').evaluateAll((all) => {
        const sides = all.map((tag) => tag.getBoundingClientRect());
        const covers = (one: DOMRect, two: DOMRect): boolean =>
          Math.min(one.right, two.right) - Math.max(one.left, two.left) > 0.5 &&
          Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 0.5;
        return sides.flatMap((one, at) => sides.slice(at + 1).filter((two) => covers(one, two))).length;
      });
    for (let cell = 0; cell < 5; cell++) {
      expect(await page.locator('.tag:visible').count()).toBeGreaterThan(0);
      expect(await covered()).toBe(0);
      await page.keyboard.press('+');
      expect(await covered()).toBe(0);
      await page.keyboard.press('ArrowRight');
    }
  });

  it.each(['light', 'dark'] as const)('has nothing that axe calls serious, %s', async (colorScheme) => {
    const { page } = await openFile(report, '', { colorScheme });
    await page.locator('.cell img').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('.cell').first().click();
    expect(await seriousFaults(page)).toEqual([]);
  });
});

describe('a report of two models and people', () => {
  it('shows them over one picture and side by side, and hides each', async () => {
    const [one, two] = [join(folder, 'one/predictions'), join(folder, 'two/predictions')];
    const [first] = await predictDemo(one);
    await predictDemo(two, ['--form', 'detections']);
    const { columns } = await readPredictions(one);
    const at = [...columns.image_id].indexOf(first!);
    const [width, height] = [columns.width.at(at), columns.height.at(at)];
    const coco = {
      images: [{ id: first, file_name: first, width, height }],
      categories: [{ id: 1, name: 'thing' }],
      annotations: [{ id: 1, image_id: first, category_id: 1, bbox: [10, 10, 100, 80], area: 8000, iscrowd: 0 }],
    };
    await writeFile(join(folder, 'labels.json'), JSON.stringify(coco));
    const report = join(folder, 'beside.html');
    const beside = ['--against', two, '--coco', join(folder, 'labels.json')];
    await qualm('report', one, '--by', 'image', ...beside, '--out', report);
    const data = dataOfPage(await readFile(report, 'utf8'));
    const { cells } = data as { cells: { id: string[]; imageId: unknown[] } };
    const cell = cells.id[cells.imageId.indexOf(first)]!;
    const { page, complaints } = await openFile(report, `#cell=${encodeURIComponent(cell)}`);
    expect(await page.locator('.layer').allTextContents()).toEqual(['one', 'two', 'labelled']);
    expect(await page.locator('.pane').count()).toBe(1);
    await page.getByRole('button', { name: 'Side by side' }).click();
    expect(await page.locator('.pane-name').allTextContents()).toEqual(['one', 'two', 'labelled']);
    const boxesIn = (pane: number): Promise<string[]> =>
      page.locator('.pane').nth(pane).locator('.tag').allTextContents();
    expect(await page.locator('.legend li').allTextContents()).toEqual([
      ...['one', 'two', 'labelled', 'the number comes from it', 'chosen'],
    ]);
    expect(await page.locator('.boxes .swatch[data-layer="2"]').count()).toBe(1);
    expect((await boxesIn(0)).length).toBeGreaterThan(0);
    expect(await boxesIn(1)).toContain((await boxesIn(0))[0]);
    expect(await boxesIn(2)).toEqual(['thing']);
    expect(new URL(page.url()).hash).toContain('aside=true');
    await page.keyboard.press('Escape');
    const layer = page.locator('.cell .box[data-layer="1"]').first();
    expect(await layer.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'two', exact: true }).click();
    expect(await layer.isVisible()).toBe(false);
    expect(await page.locator('.cell .box[data-layer="0"]').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });
});

describe('a report of names and pictures that mean harm', () => {
  const names = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    'javascript:alert(1)//\'"',
    '\u202Egnp.exe',
    '😀 👨‍👩‍👧',
    'x'.repeat(10_000),
  ];

  it('shows them as text, and broken pictures as such', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
    );
    const cells: ReportCell[] = names.flatMap((name, index) => [
      { id: name, image: name, thumbnail: null, label: index, values: [index] },
      {
        ...{ id: `${index}`, image: name, label: index, second: 0, score: 0.5, values: [NaN] },
        width: 10,
        height: 10,
        thumbnail: { bytes: svg, type: 'image/png' },
      },
    ]);
    const path = join(folder, 'hostile.html');
    const strategies = [{ name: names[1]!, order: 'ascending' as const }];
    await writeFile(path, createReport(cells, { title: names[2]!, labels: names, strategies }));
    const { page, complaints } = await openFile(path);
    expect(await page.title()).toBe(names[2]);
    await expect.poll(() => page.locator('.no-picture').count()).toBe(cells.length);
    await page.locator('.cell').first().click();
    expect(await page.locator('dialog.detail h2').textContent()).toBe(names[0]);
    expect(await page.locator('main script, main img[onerror]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('does nothing that a link tells it to run', async () => {
    const path = join(folder, 'linked.html');
    const cells = [{ id: 'a', image: 'a', thumbnail: null, values: [1] }];
    const strategies = [{ name: 'margin', order: 'ascending' as const }];
    await writeFile(path, createReport(cells, { labels: [], strategies }));
    const { page, complaints } = await openFile(
      path,
      `#words=${encodeURIComponent(names[1]!)}&cell=${encodeURIComponent(names[0]!)}`,
    );
    expect(await count(page)).toBe('0 of 1 image');
    expect(complaints).toEqual([]);
  });
});

describe('a report of little, and of odd things', () => {
  const strategies = [{ name: 'margin', order: 'ascending' as const }];
  const open = async (cells: readonly ReportCell[], labels: readonly string[]): Promise<WatchedPage> => {
    const path = join(folder, `odd-${Math.random()}.html`);
    await writeFile(path, createReport(cells, { labels, strategies }));
    return openFile(path);
  };

  it('of no rows says so, and is not a broken page', async () => {
    const { page, complaints } = await open([], []);
    expect(await count(page)).toBe('0 images');
    for (const key of ['a', 't', 'e', 'Escape', 'Enter', 'ArrowDown', '?', 'Escape']) await page.keyboard.press(key);
    expect(await page.locator('.cell').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('of one row shows it, and goes nowhere else', async () => {
    const { page, complaints } = await open([{ id: 'a', image: 'a.jpg', thumbnail: null, values: [0.5] }], []);
    await page.locator('.cell').click();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('dialog.detail .place').textContent()).toBe('1 of 1');
    await page.keyboard.press('Escape');
    await page
      .getByRole('group', { name: 'Images by margin' })
      .locator('.plot')
      .click({ position: { x: 4, y: 8 } });
    await expect.poll(() => count(page)).toMatch(/^[01]( of 1)? images?$/);
    expect(complaints).toEqual([]);
  });

  it('of 1,203 classes lists all that there are, and draws the first', async () => {
    const labels = Array.from({ length: 1203 }, (_, index) => `class ${index}`);
    const cells = labels.map((_, index): ReportCell => ({
      ...{ id: String(index), image: 'a.jpg', thumbnail: null, values: [index / 1203] },
      ...{ label: index, second: (index + 1) % 1203, score: 0.5 },
    }));
    const { page, complaints } = await open(cells, labels);
    expect(await page.getByRole('combobox', { name: 'Class' }).locator('option').count()).toBe(1204);
    await expect.poll(() => page.locator('.class-bars button').count()).toBe(12);
    expect(await page.locator('.pairs tr').count()).toBe(15);
    await page.getByRole('combobox', { name: 'Class' }).selectOption('1202');
    expect(await count(page)).toBe('1 of 1,203 images');
    expect(complaints).toEqual([]);
  });

  it('draws what is inside of boxes that reach out, and nothing for invalid ones', async () => {
    const bytes = await readFile(join(root, 'docs/pictures/contact-sheet.jpg'));
    const corners = [
      [-50, -50, 50, 50],
      [90, 90, 500, 500],
      [50, 50, 50, 50],
      [NaN, 0, 10, 10],
      [10, 10, 0, 0],
      [200, 200, 300, 300],
      [-Infinity, 0, Infinity, 10],
    ] as const;
    const boxes = corners.map(([xmin, ymin, xmax, ymax]) => ({ xmin, ymin, xmax, ymax }));
    const cell = { id: 'a', image: 'a.jpg', width: 100, height: 100, values: [NaN], boxes };
    const { page, complaints } = await open([{ ...cell, thumbnail: { bytes, type: 'image/jpeg' } }], []);
    await page.locator('.cell img').waitFor();
    const stage = (await page.locator('.cell .stage').boundingBox())!;
    const drawnBoxes = await Promise.all((await page.locator('.cell .box').all()).map((box) => box.boundingBox()));
    expect(drawnBoxes).toHaveLength(4);
    for (const box of drawnBoxes) {
      expect(box!.x).toBeGreaterThanOrEqual(stage.x - 3);
      expect(box!.x + box!.width).toBeLessThanOrEqual(stage.x + stage.width + 5);
    }
    expect(complaints).toEqual([]);
  });
});

/** How many pieces of the page the browser draws anew while the grid is scrolled by sixty steps. */
async function piecesDrawn(page: Page, step: number): Promise<number> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'cc', 'viz'] });
  await page.locator('.grid').evaluate(
    (grid, by) =>
      new Promise<void>((resolve) => {
        let left = 60;
        requestAnimationFrame(function scroll() {
          grid.scrollTop += by;
          if (--left > 0) requestAnimationFrame(scroll);
          else resolve();
        });
      }),
    step,
  );
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: { name: string }[] };
  return traceEvents.filter(({ name }) => name === 'RasterTask').length;
}

describe('a report of 5,000 boxes', () => {
  it('has a picture at once, few elements wherever it is scrolled to, and is moved by scrolling, not drawn anew', async () => {
    const jpeg = await readFile(join(root, 'docs/pictures/contact-sheet.jpg')).then((bytes) => bytes.subarray(0, 3100));
    const cells = Array.from({ length: 5000 }, (_, index): ReportCell => ({
      ...{
        id: String(index),
        image: `${index}.jpg`,
        label: index % 7,
        second: (index + 1) % 7,
        score: 0.5,
        values: [index],
      },
      thumbnail: { bytes: jpeg, type: 'image/jpeg' },
    }));
    const path = join(folder, 'large.html');
    const labels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await writeFile(path, createReport(cells, { labels, strategies: [{ name: 'margin', order: 'ascending' }] }));
    const began = performance.now();
    const { page, complaints } = await openFile(path);
    await page.locator('.cell').first().waitFor();
    const first = performance.now() - began;
    const grid = page.locator('.grid');
    for (const part of [0.3, 0.7, 1]) {
      await grid.evaluate((element, to) => (element.scrollTop = to * element.scrollHeight), part);
      await page.waitForTimeout(100);
      expect(await page.locator('.cell').count()).toBeLessThan(100);
    }
    expect((await captions(page)).at(-1)).toMatch(/^[a-g] 0\.50$/);
    await grid.evaluate((element) => (element.scrollTop = 0));
    await page.waitForTimeout(200);
    // Six hundred pixels: less than what is seen, sixty times over were it drawn in each frame.
    const pieces = await piecesDrawn(page, 10);
    expect(pieces).toBeGreaterThan(0);
    expect(pieces).toBeLessThan(120);
    await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.waitForTimeout(200);
    expect(await page.locator('.cell').last().textContent()).toContain('4999.jpg');
    process.stdout.write(
      `5,000 boxes: first cell after ${first.toFixed(0)} ms, ${await page.locator('*').count()} elements\n`,
    );
    expect(complaints).toEqual([]);
  });
});

describe('a report of 100,000 boxes in a folder', () => {
  it('has few elements wherever it is scrolled to, and its pictures wherever it stops', async () => {
    const jpeg = await readFile(join(root, 'docs/pictures/contact-sheet.jpg'));
    const to = join(folder, 'huge');
    const labels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const cells = Array.from({ length: 100_000 }, (_, index): ReportCell => ({
      ...{ id: String(index), image: `${index}.jpg`, width: 640, height: 480, values: [index] },
      ...{ label: index % 7, second: (index + 1) % 7, score: 0.5 },
    }));
    // Where it will stop.
    const places = [0, 1, 2, 3, 50_000, 50_001, 50_002, 50_003, 99_998, 99_999];
    async function* pictures() {
      for (const place of places)
        yield await Promise.resolve({ place, thumbnail: { bytes: jpeg, type: 'image/jpeg' as const } });
    }
    const strategies = [{ name: 'margin', order: 'ascending' as const }];
    const { page: file } = await writeReportFolder(to, cells, { labels, strategies, pictures: pictures() });
    const { page, complaints } = await openFile(file);
    await page.locator('.cell img').first().waitFor();
    const grid = page.locator('.grid');
    for (const part of [0.25, 0.5, 1]) {
      await grid.evaluate((element, to) => (element.scrollTop = to * element.scrollHeight), part);
      await page.waitForTimeout(200);
      expect(await page.locator('.cell').count()).toBeLessThan(100);
      if (part > 0.25) await drawn(page);
    }
    expect(await page.locator('.cell').last().textContent()).toContain('99999.jpg');
    expect(await count(page)).toBe('100,000 images');
    expect(complaints).toEqual([]);
  });
});
