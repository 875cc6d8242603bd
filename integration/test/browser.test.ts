import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { render } from '@qualm/viz';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chart, results, scene, svg } from '../consumers/browser.ts';
import { difference, launchBrowser } from '../src/browser.ts';
import { root } from '../src/repository.ts';
import { servePage } from '../src/serve-page.ts';

const { resolve } = createRequire(join(root, 'packages/viz/package.json'));
const shippedFont = resolve('@expo-google-fonts/arimo/600SemiBold/Arimo_600SemiBold.ttf');

describe('types, strategies, viz/svg and viz/charts in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof servePage>>;
  const complaints: string[] = [];

  beforeAll(async () => {
    const bundle = await bundleForBrowsers();
    server = await servePage(bundle);
    browser = await launchBrowser();
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

  it('draw on a canvas what Node draws, to the eye', async () => {
    const font = await readFile(shippedFont);
    const drawn = (await page.evaluate(
      `(async () => {
        const { draw } = await import('/bundle.js');
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
        canvas.getContext('2d').fillStyle = '#787878';
        canvas.getContext('2d').fillRect(0, 0, 320, 240);
        await draw(canvas, Uint8Array.from(atob('${font.toString('base64')}'), (c) => c.charCodeAt(0)).buffer);
        return canvas.toDataURL('image/png');
      })()`,
    )) as string;
    const grey = { data: new Uint8Array(3 * 320 * 240).fill(0x78), width: 320, height: 240 };
    const wanted = await render(grey, scene(), { format: 'png' });
    const apart = await difference(Buffer.from(drawn.split(',')[1]!, 'base64'), wanted);
    process.stdout.write(`canvas and Node: ${(100 * apart).toFixed(2)} % of the pixels differ\n`);
    expect(apart).toBeLessThan(0.01);
    expect(complaints).toEqual([]);
  });

  it('draw charts there as in Node, but for the half pixel by which Plot makes lines sharp on a screen', async () => {
    const there = (await page.evaluate(`import('/bundle.js').then(({ chart }) => chart())`)) as string;
    const unmoved = (markup: string): string => markup.replaceAll(/(<g[^>]*?) transform="[^"]*"/g, '$1');
    expect(unmoved(there)).toBe(unmoved(chart()));
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
