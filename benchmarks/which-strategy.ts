import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { centernet } from '../examples/setup/centernet.ts';
import { cocoSsd } from '../examples/setup/coco-ssd.ts';
import { cache, specs, testData } from '../examples/setup/folders.ts';
import { gainsTogether } from './which-strategy/gains-together.ts';
import { markdownTables } from './which-strategy/markdown-tables.ts';
import type { MeasuredDetector } from './which-strategy/markdown-tables.ts';
import { measureBoxes } from './which-strategy/measure-boxes.ts';
import { measureImages } from './which-strategy/measure-images.ts';
import { readLabelledImages } from './which-strategy/read-labelled-images.ts';
import { replaceTables } from './which-strategy/replace-tables.ts';
import { createResamples } from './which-strategy/resamples.ts';
import type { Spread } from './which-strategy/resamples.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/which-strategy.ts [resamples]
 *
 * Which ranking finds the errors of a detector? Every doubt of a box with every way to make one
 * number of an image's, on photographs of COCO and six detectors: errors found for each image,
 * object and box looked at, against random and the best order, and how much of the list stays
 * when the threshold moves. Writes the tables of docs/strategies/which-strategy.md, which says
 * what is what; format them with Prettier. Predictions are made once, into
 * .cache/which-strategy. */

interface Detector {
  readonly name: string;
  readonly kind: 'independent' | 'distribution' | 'mixture';
  readonly files: (data: string) => Promise<string>;
}

const models = async (data: string): Promise<string> => join(data, 'models');
const detectors: readonly Detector[] = [
  { name: 'yolox-nano', kind: 'independent', files: models },
  { name: 'nanodet-m', kind: 'independent', files: models },
  { name: 'coco-ssd-onnx', kind: 'independent', files: async () => (await cocoSsd(console.error)).onnx },
  { name: 'centernet-tfjs', kind: 'independent', files: () => centernet(console.error) },
  { name: 'fastestdet', kind: 'mixture', files: models },
  { name: 'ssd-fpnlite', kind: 'distribution', files: models },
];
const threshold = 0.2;
const lowest = 0.05;

const data = testData();
if (data) await measureAll(data, Number(process.argv[2] ?? 1000));
else console.warn('skipped: no photographs; set QUALM_TEST_DATA');

async function measureAll(folder: string, count: number): Promise<void> {
  const instances = join(folder, 'coco-val2017/instances.json');
  const found: MeasuredDetector[] = [];
  for (const { name, kind, files } of detectors) {
    const predictions = join(cache, 'which-strategy', name);
    if (!existsSync(join(predictions, '_qualm.json'))) await predict(name, await files(folder), folder, predictions);
    const images = await readLabelledImages(predictions, instances);
    const resamples = createResamples(images.length, count);
    const measured = {
      images: measureImages(images, threshold, resamples),
      boxes: measureBoxes(images, threshold, resamples),
    };
    found.push({ name, kind, ...measured });
    console.log(`${name}: measured`);
  }
  const independent = found.filter(({ kind }) => kind === 'independent').map(({ images }) => images.rows);
  const together = gainsTogether(independent, { doubt: 'entropies of labels', aggregate: 'sum' });
  const tables = markdownTables(found, together);
  for (const [name, table] of Object.entries(tables)) console.log(`\n${name}\n${table}`);
  replaceTables(join(import.meta.dirname, '../docs/strategies/which-strategy.md'), tables);
  const detailed = found.map(({ images: { rows, ...images }, ...detector }) => ({
    ...detector,
    images: { ...images, rows: rows.map(({ resampled: _resampled, ...row }) => row) },
  }));
  writeResult('which-strategy', {}, compact({ threshold, lowest, resamples: count, detectors: detailed, together }));
}

async function predict(name: string, files: string, folder: string, out: string): Promise<void> {
  const images = [
    '--coco',
    join(folder, 'coco-val2017/instances.json'),
    '--images',
    join(folder, 'coco-val2017/images'),
  ];
  const model = ['--model', join(specs, `${name}.json`), '--model-root', files, '--device', 'cpu'];
  const form = ['--form', 'class_scores', '--min-score', String(lowest)];
  const command = join(import.meta.dirname, '../packages/cli/dist/main.js');
  execFileSync(process.execPath, [command, 'predict', ...images, ...model, ...form, '--out', out], {
    stdio: 'inherit',
  });
}

/** Numbers with their bounds as [number, low, high], which a page of results has room for. */
function compact(found: object): object {
  const shorter = (_: string, value: unknown): unknown =>
    typeof value === 'number'
      ? Number(value.toFixed(6))
      : isSpread(value)
        ? [value.value, value.low, value.high]
        : value;
  return JSON.parse(JSON.stringify(found, shorter)) as object;
}

function isSpread(value: unknown): value is Spread {
  return typeof value === 'object' && value !== null && 'low' in value;
}
