import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference, launchBrowser, openPage, seriousFaults } from '../src/browser.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualmServe } from '../src/qualm-serve.ts';
import { qualm } from '../src/qualm.ts';

let browser: Browser;
let folder: string;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-serve-'));
  browser = await launchBrowser();
  await predictDemo(join(folder, 'predictions'));
});

afterAll(async () => {
  for (const server of servers) server.kill('SIGINT');
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A file of marks is of one server at a time. */
async function serve(marks: string): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const given = ['--marks', join(folder, marks), '--embeddings', 'pictures'];
  const started = await qualmServe(join(folder, 'predictions'), ...given);
  servers.push(started.server);
  return started;
}

describe('qualm serve', () => {
  it('is the page of the report: the same to the eye, nothing asked for elsewhere, nothing complained of', async () => {
    // A server makes pictures as they are asked for, here of the least size.
    const small = ['--picture-budget', '0'];
    await qualm('report', join(folder, 'predictions'), ...small, '--out', join(folder, 'report.html'));
    const { url } = await serve('first.json');
    const served = await openPage(browser, url);
    const file = await openPage(browser, `file://${join(folder, 'report.html')}`);
    for (const { page } of [served, file]) {
      await page.locator('.cell img').first().waitFor();
      await page.waitForLoadState('networkidle');
    }
    await expect
      .poll(async () => difference(await served.page.screenshot(), await file.page.screenshot()), { timeout: 10_000 })
      .toBe(0);
    expect(new URL(served.page.url()).search).toBe('');
    expect(served.asked.every((asked) => new URL(asked).origin === new URL(url).origin)).toBe(true);
    expect(served.complaints).toEqual([]);
    expect(await seriousFaults(served.page)).toEqual([]);
  });

  it('gives a dense screen larger pictures', async () => {
    const { url } = await serve('dense.json');
    const { page, complaints } = await openPage(browser, url, { deviceScaleFactor: 2 });
    /** Of each that was replaced, how much wider it is now. */
    const widened = (): Promise<number[]> =>
      page.locator('.cell img').evaluateAll((images) =>
        Promise.all(
          (images as HTMLImageElement[]).flatMap(({ src, naturalWidth }) => {
            const [, first] = /^(.*\/thumbnail\/\d+)\/2$/.exec(src) ?? [];
            if (first === undefined) return [];
            const small = Object.assign(new Image(), { src: first });
            return [small.decode().then(() => naturalWidth / small.naturalWidth)];
          }),
        ),
      );
    await expect.poll(async () => (await widened()).length).toBeGreaterThan(3);
    await page.waitForLoadState('networkidle');
    for (const times of await widened()) expect(times).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it('shows the whole image, and keeps marks on disk at once, for the next start too', async () => {
    const { server, url } = await serve('marks.json');
    const { page, complaints } = await openPage(browser, url);
    await page.locator('.cell').first().click();
    const image = page.locator('.panes img');
    await image.waitFor();
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth), { timeout: 30_000 })
      .toBeGreaterThan(400);
    const box = await page.locator('.panes .box').first().boundingBox();
    expect(box!.width).toBeGreaterThan(4);
    // Other cells know the other boxes of the image.
    expect(await page.locator('.panes .box').count()).toBe(await page.locator('.boxes tbody tr').count());
    await page.locator('.boxes tbody tr').last().click();
    expect(await page.locator('.panes .box.chosen').count()).toBe(1);
    expect(await seriousFaults(page)).toEqual([]);
    // Goes on to the next one.
    await page.keyboard.press('a');
    await page.keyboard.press('t');
    await page.keyboard.type('odd');
    await page.keyboard.press('Enter');
    const stored = async (): Promise<unknown> =>
      (JSON.parse(await readFile(join(folder, 'marks.json'), 'utf8')) as { selection: unknown }).selection;
    await expect.poll(stored, { timeout: 30_000 }).toMatchObject([
      { verdict: 'accept', tags: [] },
      { verdict: null, tags: ['odd'] },
    ]);
    expect(complaints).toEqual([]);
    server.kill('SIGINT');
    await once(server, 'exit');
    await page.keyboard.press('x');
    await page.getByRole('alert').getByText('Not saved').waitFor();
    const again = await openPage(browser, (await serve('marks.json')).url);
    await again.page.locator('.cell[data-mark=accept]').waitFor();
    expect(await again.page.locator('.cell .tags').allTextContents()).toEqual(['odd']);
  });

  it('adds what two tabs mark, and tells the one that is behind', async () => {
    const { url } = await serve('tabs.json');
    const tabs = [await openPage(browser, url), await openPage(browser, url)] as const;
    const [one, two] = tabs.map(({ page }) => page) as [Page, Page];
    // A page asks for marks whenever its window gets the focus. The second one gets no answer
    // before it is told, and so is behind.
    let answer = (): void => undefined;
    const told = new Promise<void>((resolve) => (answer = resolve));
    await two.route(/\/marks(\?|$)/, async (route) => {
      if (route.request().method() === 'GET') await told;
      await route.continue();
    });
    for (const page of [one, two]) await page.locator('.cell').first().focus();
    // A mark is shown before it is stored.
    const stored = one.waitForResponse((response) => response.request().method() === 'PUT');
    await one.keyboard.press('a');
    await stored;
    await one.locator('.cell[data-mark=accept]').waitFor();
    await two.keyboard.press('x');
    await two.getByRole('alert').getByText('marked by somebody else meanwhile').waitFor();
    answer();
    await two.locator('.cell[data-mark=accept]').waitFor();
    expect(await two.locator('.cell[data-mark=reject]').count()).toBe(0);
    await two.keyboard.press('x');
    await two.locator('.cell[data-mark=reject]').waitFor();
    await expect.poll(() => two.getByRole('alert').count(), { timeout: 30_000 }).toBe(0);
    await one.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
    await one.locator('.cell[data-mark=reject]').waitFor();
    const { selection } = JSON.parse(await readFile(join(folder, 'tabs.json'), 'utf8')) as {
      selection: { verdict: string }[];
    };
    expect(selection.map(({ verdict }) => verdict)).toEqual(['accept', 'reject']);
    expect(tabs.flatMap(({ complaints }) => complaints).filter((said) => !said.includes('409'))).toEqual([]);
  });

  it('marks all that is shown by one request, and undoes that by another', async () => {
    const { url } = await serve('many.json');
    const { page, complaints } = await openPage(browser, url);
    await page.locator('.cell').first().focus();
    const requests: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') requests.push(request.postData()!);
    });
    const stored = async (): Promise<number> =>
      (
        JSON.parse(await readFile(join(folder, 'many.json'), 'utf8').catch(() => '{"selection":[]}')) as {
          selection: unknown[];
        }
      ).selection.length;
    await page.keyboard.press('Control+a');
    await page.keyboard.press('a');
    const all = (await page.locator('.count').textContent())!;
    const many = Number(/^([\d,]+) boxes/.exec(all)![1]!.replace(',', ''));
    expect(all).toBe(`${many} boxes, ${many} selected, ${many} accepted`);
    await expect.poll(stored, { timeout: 30_000 }).toBe(many);
    await page.keyboard.press('z');
    await expect.poll(stored, { timeout: 30_000 }).toBe(0);
    expect(requests.map((body) => (JSON.parse(body) as { changes: unknown[] }).changes.length)).toEqual([many, many]);
    expect(complaints).toEqual([]);
  });

  it('gives nothing to who does not have the token', async () => {
    const { url } = await serve('third.json');
    const { page } = await openPage(browser, new URL('/', url).href);
    expect(await page.locator('body').textContent()).toContain('with its token');
    expect(await page.locator('.cell').count()).toBe(0);
  });
});
