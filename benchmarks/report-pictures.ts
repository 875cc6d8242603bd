import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReport } from '@qualm/report';
import { reportOf, reportPictures } from '@qualm/selection';
import type { CellKind } from '@qualm/selection';
import { createRandom } from '@qualm/strategies';
import { specs } from '../examples/setup/folders.ts';
import { qualm } from '../integration/src/qualm.ts';
import { spreadOf } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/report-pictures.ts
 *
 * How large one file of a report is for each 1,000 cells, with small pictures and with sharp ones:
 * photographs of COCO, boxes and images of YOLOX-Nano, twenty draws of half of the photographs. */

const data = process.env['QUALM_TEST_DATA'] ?? join(import.meta.dirname, '../../shared/data');
const coco = join(data, 'coco-val2017');
const draws = 20;

if (existsSync(join(data, 'models/yolox_nano.onnx'))) await measure();
else console.warn(`skipped: no yolox_nano.onnx in ${data}/models; set QUALM_TEST_DATA`);

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-report-pictures-'));
  try {
    const predictions = join(folder, 'predictions');
    const model = ['--model', join(specs, 'yolox-nano.json'), '--model-root', join(data, 'models')];
    await qualm('predict', '--images', join(coco, 'images'), ...model, '--out', predictions);
    const found = [await sizesOf(predictions, 'box'), await sizesOf(predictions, 'image')];
    console.log(JSON.stringify(found, null, 1));
    writeResult('report-pictures', {}, { draws, megabytesPer1000: found });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Megabytes of a file of 1,000 cells: least, median and greatest of the draws. */
async function sizesOf(predictions: string, by: CellKind): Promise<object> {
  const all = { small: [] as number[], sharp: [] as number[] };
  for (let seed = 0; seed < draws; seed++) {
    const random = createRandom(seed);
    const drawn = new Map<string, boolean>();
    const isDrawn = (id: string): boolean => drawn.get(id) ?? drawn.set(id, random() < 0.5).get(id)!;
    const only = { hasImage: ({ image_id }: { readonly image_id: string | number }) => isDrawn(String(image_id)) };
    const { pageCells, pageOptions } = await reportOf(predictions, { by, only, cells: 1000, minScore: 0.3 });
    for (const [name, sharpBytes] of [
      ['small', 0],
      ['sharp', Infinity],
    ] as const) {
      const cells = pageCells.map(({ cell }) => cell);
      for await (const { place, thumbnail } of reportPictures(pageCells, { sharpBytes }))
        cells[place] = { ...cells[place]!, thumbnail };
      all[name].push((Buffer.byteLength(createReport(cells, pageOptions)) * 1000) / (cells.length * 1e6));
    }
  }
  return { by, small: spreadOf(all.small), sharp: spreadOf(all.sharp) };
}
