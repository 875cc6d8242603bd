import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { createMlflowRegistry } from '@qualm/registry-mlflow';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { registerDetectors } from '../../examples/setup/register-detectors.ts';
import { arqueroAnswers } from '../src/arquero-answers.ts';
import type { AnswerRow } from '../src/compare-answers.ts';
import { executeNotebook, plainOutputs, textOf as text } from '../src/jupyter.ts';
import type { Notebook } from '../src/jupyter.ts';
import { mlflowPython } from '../src/mlflow-server.ts';
import { orderings } from '../src/orderings.ts';
import { runPython } from '../src/python-environment.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';
import { sameWords } from '../src/same-words.ts';
import { questions, samplingStatements } from '../src/sampling-statements.ts';
import type { Question, SamplingStatements } from '../src/sampling-statements.ts';

const source = join(root, 'examples/notebooks/uncertainty-sampling-sql.ipynb');
const backends = { onnx: createOnnxBackend({ device: 'cpu' }), tfjs: createTfjsBackend() };
const shownRows = 4;
let folder: string;
let statements: SamplingStatements;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-sql-notebook-'));
  statements = await samplingStatements();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The SQLite file of Python's MLflow, with the models of a folder registered in it. */
async function registerByPython(flavor: string, from: string): Promise<string> {
  const registry = createMlflowRegistry({ trackingUri: from });
  const names = ['ssd', 'class_scores'];
  const models = await Promise.all(
    names.map(async (name) => ({ name, folder: (await registry.resolve(`mlflow:/${name}`)).root, aliases: [] })),
  );
  await registry.dispose();
  const uri = `sqlite:///${join(folder, `${flavor}.db`)}`;
  const script = join(root, 'integration/python/mlflow_register.py');
  // Artifacts go to ./mlruns.
  await runPython(await mlflowPython('3.17'), script, [uri, JSON.stringify(models)], { cwd: folder });
  return uri;
}

describe.each(['onnx', 'tfjs'] as const)('the notebook in SQL in Jupyter with the kernel of Deno, %s', (flavor) => {
  let notebook: Notebook;
  let arquero: Readonly<Record<Question, readonly AnswerRow[]>>;

  beforeAll(async () => {
    const trackingUri = join(folder, `mlflow-${flavor}`);
    const registry = createMlflowRegistry({ trackingUri });
    await registerDetectors(registry, flavor);
    arquero = await arqueroAnswers(backends, registry, await demoPhotographs(() => undefined));
    await registry.dispose();
    notebook = await executeNotebook(source, join(folder, `${flavor}.ipynb`), {
      MLFLOW: await registerByPython(flavor, trackingUri),
    });
  });

  /** What the cell shows that has this text: its cells of a table by row, and how many rows there
   * are.
   */
  function shown(words: string): { readonly html: string; readonly rows: readonly string[][]; readonly count: number } {
    const cell = notebook.cells.find(
      ({ cell_type, source: code }) => cell_type === 'code' && text(code).includes(words),
    )!;
    expect(cell, words).toBeDefined();
    expect(cell.outputs).toHaveLength(1);
    const html = text(cell.outputs![0]!.data!['text/html']);
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .slice(1)
      .map(([, row]) => [...row!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, value]) => value!));
    return { html, rows, count: Number(/<p>([\d,]+) rows/.exec(html)![1]!.replaceAll(',', '')) };
  }

  it('finds both models in the store of Python’s MLflow', () => {
    const { rows } = shown('SHOW MODELS');
    expect(rows.map(([name, found, uri]) => [name, found, uri])).toEqual([
      ['class_scores', flavor, 'mlflow:/class_scores'],
      ['ssd', flavor, 'mlflow:/ssd'],
    ]);
  });

  it.each(questions)('%s: the statement stands as it is, and its rows are the pipeline’s', (question) => {
    const { rows, count } = shown(statements.selects[question]);
    const { by, limit } = orderings[question];
    const expected = arquero[question];
    expect(count).toBe(Math.min(limit, expected.length));
    const columns = question === 'confused' ? 2 : -1;
    const keys = expected.slice(0, shownRows).map((row) => row[by] as number);
    // The score is within the words of the box.
    const found = rows.map((row) => row.at(columns)!.replace(/^.* ([\d.]+) \(.*$/, '$1'));
    expect(found).toEqual(keys.map((key) => String(Number(key.toPrecision(6)))));
  });

  it('shows the image of each row as a picture with its box', async () => {
    for (const question of ['least confident', 'smallest margins', 'highest entropies'] as const) {
      const { html } = shown(statements.selects[question]);
      const pictures = [...html.matchAll(/src="data:image\/jpeg;base64,([^"]+)"/g)];
      expect(pictures).toHaveLength(shownRows);
      const { data } = await sharp(Buffer.from(pictures.at(-1)![1]!, 'base64'))
        .raw()
        .toBuffer({ resolveWithObject: true });
      const yellow = Array.from({ length: data.length / 3 }, (_, pixel) => data.subarray(3 * pixel, 3 * pixel + 3));
      expect(yellow.filter(([r, g, b]) => r! > 150 && g! > 140 && b! < 110).length).toBeGreaterThan(5);
    }
  });

  it('predicts no image again', () => {
    const { outputs } = notebook.cells.find(
      ({ cell_type, source: code }) => cell_type === 'code' && text(code).includes('EXPLAIN ANALYZE'),
    )!;
    expect(text(outputs![0]!.data!['text/plain'])).toBe('images predicted: 0\nfrom the cache: 18\nfailed: 0');
  });
});

describe('examples/notebooks/uncertainty-sampling-sql.ipynb', () => {
  it('is committed with what its cells show', async () => {
    const committed = plainOutputs(JSON.parse(await readFile(source, 'utf8')) as Notebook);
    const fresh = plainOutputs(await executeNotebook(source, join(folder, 'committed.ipynb')));
    expect(committed).toHaveLength(fresh.length);
    for (const [at, words] of committed.entries()) expect(sameWords(words, fresh[at]!), fresh[at]).toBe(true);
  });
});

describe('examples/uncertainty-sampling.sql', () => {
  it('runs by qualm sql -f, with as many rows as the page says', async () => {
    const trackingUri = join(folder, 'mlflow');
    const registry = createMlflowRegistry({ trackingUri });
    await registerDetectors(registry, 'onnx');
    await registry.dispose();
    const script = join(folder, 'sampling.sql');
    const place = await demoPhotographs(() => undefined);
    const written = await readFile(join(root, 'examples/uncertainty-sampling.sql'), 'utf8');
    await writeFile(script, written.replace('.cache/demo/photographs', place));
    const coco = `coco_name=${join(root, 'examples/coco-name.ts')}#cocoName`;
    const args = ['--dialect', 'spark', '--tracking-uri', trackingUri, '--function', coco, '--json', '-f', script];
    const answers = (await qualm('sql', ...args)).split(/(?<=\])\n(?=\[|$)/).filter(Boolean);
    const counts = answers.map((line) => (JSON.parse(line) as unknown[]).length).slice(-5);
    const page = await readFile(join(root, 'docs/sql-notebook.md'), 'utf8');
    const told = questions.map((name) => Number(new RegExp(`^\\| ${name} +\\| (\\d+)`, 'm').exec(page)![1]));
    expect(counts).toEqual(told);
  });
});
