import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../src/browser.ts';
import { executeNotebook, plainOutputs, textOf as text } from '../src/jupyter.ts';
import type { CellOutput, Notebook } from '../src/jupyter.ts';
import { predictDemo } from '../src/predict-demo.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';
import { sameWords } from '../src/same-words.ts';

const source = join(root, 'examples/notebooks/uncertainty-sampling.ipynb');
let folder: string;
let notebook: Notebook;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-notebook-'));
  notebook = await executeNotebook(source, join(folder, 'executed.ipynb'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the code cell that has these words shows. */
function shown(words: string): NonNullable<CellOutput['data']> {
  const cell = notebook.cells.find(
    ({ cell_type, source: code }) => cell_type === 'code' && text(code).includes(words),
  )!;
  expect(cell, words).toBeDefined();
  const [output, ...more] = cell.outputs!;
  expect([output?.output_type, more]).toEqual(['execute_result', []]);
  return output!.data!;
}

describe('examples/notebooks/uncertainty-sampling.ipynb in Jupyter with the kernel of Deno', () => {
  it('shows something rich in every cell but that of the imports', () => {
    const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code');
    expect(code.length).toBeGreaterThan(12);
    expect(code[0]!.outputs).toEqual([]);
    for (const { outputs, source: lines } of code.slice(1)) {
      expect(outputs, text(lines)).toHaveLength(1);
      const types = Object.keys(outputs![0]!.data!);
      expect(
        types.some((type) => type !== 'text/plain'),
        text(lines),
      ).toBe(true);
    }
  });

  it('is committed with what its cells show', async () => {
    const committed = plainOutputs(JSON.parse(await readFile(source, 'utf8')) as Notebook);
    const fresh = plainOutputs(notebook);
    expect(committed).toHaveLength(fresh.length);
    for (const [at, words] of committed.entries()) expect(sameWords(words, fresh[at]!), fresh[at]).toBe(true);
  });

  it('has the margins that the command line has', async () => {
    const predictions = join(folder, 'predictions');
    await predictDemo(predictions);
    const list = join(folder, 'ranked.json');
    await qualm('rank', predictions, '--strategy', 'margin', '--min-score', '0.1', '--out', list);
    const rows = (
      JSON.parse(await readFile(list, 'utf8')) as { image_id: string; label: string; margin: number }[]
    ).slice(0, 8);
    const html = text(shown('rank(score(boxes, margin)')['text/html']);
    const cells = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .slice(1)
      .map(([, row]) => [...row!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell));
    expect(cells.map((row) => [row[1], row[3], row[6]])).toEqual(
      rows.map(({ image_id, label, margin }) => [image_id, label, String(Number(margin.toPrecision(6)))]),
    );
  });

  it('has pictures that are pictures, charts, a model and a report', async () => {
    const picture = Buffer.from(text(shown('const torn')['image/jpeg']), 'base64');
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 400 });
    for (const words of ["cellsOf(margins, 'margin')", "cellsOf(entropies, 'entropy')"])
      expect((await sharp(Buffer.from(text(shown(words)['image/jpeg']), 'base64')).metadata()).width).toBeGreaterThan(
        500,
      );
    for (const chart of ['uncertaintyHistogram(', 'marginAgainstConfidence(margins', 'confusionMatrix(counts'])
      expect(text(shown(chart)['image/svg+xml'])).toMatch(/^<svg .*<\/svg>\s*$/s);
    expect(text(shown('show(model)')['text/html'])).toContain('<td style="text-align:left">coco-ssd-onnx</td>');
    expect(text(shown('createReport(cells')['text/html'])).toMatch(/^<iframe .*srcdoc="&lt;!doctype html&gt;/);
  });

  it('is a page whose report works in its frame', async () => {
    const browser = await launchBrowser();
    try {
      const { page, complaints } = await openPage(browser, pathToFileURL(join(folder, 'executed.html')).href);
      const frame = page.frameLocator('iframe');
      await frame.locator('.cell img').first().waitFor();
      await frame.locator('.cell').first().click();
      // What is accepted makes room for the next one.
      await page.keyboard.press('a');
      await page.keyboard.press('ArrowLeft');
      expect(await frame.locator('dialog.detail dd').last().textContent()).toBe('accepted');
      await page.keyboard.press('Escape');
      await page.keyboard.press('e');
      const dialog = frame.getByRole('dialog', { name: 'Export' });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Save' }).click(),
      ]);
      expect(await readFile(await download.path(), 'utf8')).toMatch(/^[^\n]*verdict[^\n]*\n[^\n]*accept[^\n]*\n$/);
      // Jupyter's page asks for MathJax, which no network gives here.
      expect(complaints.filter((words) => !/MathJax|ERR_|require/i.test(words))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
