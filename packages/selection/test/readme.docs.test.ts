import { readFile, writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as datasets from '@qualm/datasets';
import * as report from '@qualm/report';
import * as strategies from '@qualm/strategies';
import { Image } from '@qualm/types';
import { expect, it, onTestFinished } from 'vitest';
import * as selection from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

const modules = {
  '@qualm/selection': selection,
  '@qualm/strategies': strategies,
  '@qualm/report': report,
  '@qualm/datasets': datasets,
};

/** The examples of the README as one function; they are plain JavaScript, but for their imports. */
async function examplesOfReadme(): Promise<(...args: unknown[]) => Promise<void>> {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const code = Array.from(readme.matchAll(/```ts\n(.*?)```/gs), ([, example]) => example).join('\n');
  const body = code
    .replaceAll(/^import (\{.*?\}) from '(.*?)';/gm, "const $1 = modules['$2'];")
    .replaceAll("'predictions'", 'folder')
    .replaceAll(/'(instances\.json|embeddings\.parquet)'/g, "folder + '/../$1'");
  return new Function('modules', 'folder', 'console', 'writeFile', `return (async () => {${body}})();`) as (
    ...args: unknown[]
  ) => Promise<void>;
}

it('the examples of the README run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-selection-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const predictions = join(folder, 'predictions');
  const { columns, labels } = predictionsOf([
    { id: 'a', boxes: [[0.5, 0.375, 0.125]] },
    { id: 'b', boxes: [[0.984375, 0.015625, 0]] },
  ]);
  const sink = await datasets.createParquetSink(predictions, { form: 'class_scores', labels, fingerprint: 'f' });
  const vectors = datasets.createEmbeddingsSink(join(folder, 'embeddings.parquet'), { dimensions: 2 });
  // One pixel.
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  for (const [index, id] of ['a', 'b'].entries()) {
    const file = join(folder, `${id}.png`);
    await writeFile(file, Buffer.from(png, 'base64'));
    const detections = columns.detections.at(index)!;
    const size = { width: 100, height: 100 };
    const row = { index, image_id: id, image: Image.fromUri(file), size, error: null };
    await sink.write({ ...row, detections });
    await vectors.write({ ...row, embedding: Float32Array.of(index, 1 - index) });
  }
  await sink.close();
  await vectors.close();
  const drawnBox = { id: 1, image_id: 1, category_id: 2, bbox: [50, 50, 40, 40], area: 1600, iscrowd: 0 };
  const instances = {
    images: [{ id: 1, file_name: 'b', width: 100, height: 100 }],
    annotations: [drawnBox],
    categories: ['cat', 'dog', 'bear'].map((name, at) => ({ id: at + 1, name })),
  };
  await writeFile(join(folder, 'instances.json'), JSON.stringify(instances));
  const printed: unknown[][] = [];
  const written: string[] = [];
  const example = await examplesOfReadme();
  const keep = (name: string): void => void written.push(name);
  await example(modules, predictions, { log: (...args: unknown[]) => printed.push(args) }, keep);
  expect(printed[0]).toEqual([1, expect.stringContaining('a.png'), 'cat', 0.5, 'dog']);
  expect(printed[2]).toEqual([expect.stringContaining('a.png'), expect.stringContaining('1st by marginUncertainty')]);
  expect(printed.slice(4, 6)).toEqual([
    [expect.stringContaining('a.png'), Infinity],
    [expect.stringContaining('b.png'), 1],
  ]);
  expect(printed[6]).toEqual([expect.stringContaining('b.png'), 'overlooked', null, 'cat']);
  expect(written).toEqual(['0001-a.jpg', '0002-b.jpg', 'report.html', 'mapped.html']);
});
