import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { results, svg } from '../consumers/browser.ts';
import { chromiumPath } from '../src/chromium.ts';
import { root } from '../src/repository.ts';
import { servePage } from '../src/serve-page.ts';

const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

describe('types, strategies and viz/svg in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof servePage>>;
  const complaints: string[] = [];

  beforeAll(async () => {
    const bundle = await bundleForBrowsers();
    server = await servePage(bundle);
    browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url);
    process.stdout.write(`Chromium ${browser.version()}, bundle ${(bundle.length / 1024).toFixed(0)} KiB\n`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('compute there what they compute in Node', async () => {
    const there = (await page.evaluate(`import('/bundle.js').then(({ results }) => results())`)) as Results;
    const here = JSON.parse(JSON.stringify(results())) as Results;
    const differences = here.vectors.flatMap((values, at) =>
      values.map((value, row) => Math.abs(value - there.vectors[at]![row]!)),
    );
    process.stdout.write(`${differences.length} values, at most ${Math.max(...differences)} apart\n`);
    expect(Math.max(...differences)).toBeLessThan(1e-13);
    expect({ ...there, vectors: [] }).toEqual({ ...here, vectors: [] });
    expect(complaints).toEqual([]);
  });

  it('draw an SVG that the page shows: the box in its colour, text as text', async () => {
    const found = await page.evaluate(async (markup) => {
      document.body.innerHTML = markup;
      const drawn = document.querySelector('svg')!;
      const { width, height } = drawn.getBoundingClientRect();
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(markup)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(image, 0, 0);
      const pixel = (x: number, y: number): number[] => [...context.getImageData(x, y, 1, 1).data];
      return {
        width,
        height,
        text: drawn.textContent,
        stroke: pixel(11, 100),
        inside: pixel(60, 70),
        outside: pixel(250, 60),
      };
    }, svg());
    expect(found).toMatchObject({ width: 320, height: 240, stroke: [255, 255, 0, 255], outside: [0, 0, 0, 0] });
    expect(found.text).toContain('least sure <first>');
    expect(found.inside[2]).toBe(255);
    expect(complaints).toEqual([]);
  });
});

type Results = Record<string, unknown> & { readonly vectors: readonly number[][] };

async function bundleForBrowsers(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'integration/consumers/browser.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}
