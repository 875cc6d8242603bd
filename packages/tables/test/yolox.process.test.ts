import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import * as aq from 'arquero';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import { margin } from '@qualm/strategies';
import * as vision from '@qualm/vision';
import { describe, expect, it } from 'vitest';
import { explode, predict, rank, score } from '../src/index.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const data = process.env['QUALM_TEST_DATA'] ?? fromHere('../../../../shared/data');
const photographs = join(data, 'coco-val2017', 'images');
const hasData = existsSync(join(data, 'models', 'yolox_nano.onnx')) && existsSync(photographs);
if (!hasData)
  console.warn('skipped: YOLOX over photographs; set QUALM_TEST_DATA to a folder with models/ and coco-val2017/');

describe.skipIf(!hasData)('YOLOX-nano over photographs', () => {
  it('finds people, ranks what it is unsure of, and one broken file is one row', async () => {
    const resolved = await readModelSpec(fromHere('../../../examples/models/yolox-nano.json'), {
      root: join(data, 'models'),
    });
    const model = await loadModel(resolved, { backends: { onnx: createOnnxBackend({ device: 'cpu' }) }, vision });
    const names = readdirSync(photographs).sort().slice(0, 12);
    const paths = names.map((name) => join(photographs, name));
    paths[5] = resolved.root;

    const predictions = await predict(aq.table({ image: paths }), model);
    expect(Array.from(predictions.array('error') as unknown[], (error) => error !== null)).toEqual(
      paths.map((_, i) => i === 5),
    );
    const boxes = explode(predictions, 'detections', { labels: model.labels });
    const sure = score(boxes, margin).filter(aq.escape((row: { scores: Float32Array }) => row.scores[0]! > 0.5));
    const found = (sure.reify().array('labels') as string[][]).map(([best]) => best);
    expect(found).toContain('person');
    const ranked = rank(score(boxes, margin), { by: margin, limit: 10 }).array('margin') as number[];
    expect(ranked).toEqual([...ranked].sort((a, b) => a - b));

    const completed: string[] = [];
    const perImage = predictStream(paths, model, { order: 'completed', inFlight: 3 });
    for await (const { image_id: id, detections } of perImage) completed.push(`${id} ${detections?.length}`);
    const inOrder = (predictions.array('detections') as ({ length: number } | null)[]).map(
      (d, i) => `${paths[i]} ${d?.length}`,
    );
    expect(completed.sort()).toEqual(inOrder.sort());
    await model.dispose();
  });
});
