import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOnnxBackend } from '@qualm/inference-onnx';
import * as vision from '@qualm/vision';
import { describe, expect, it } from 'vitest';
import { loadModel, predictStream, readModelSpec } from '../src/index.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const data = process.env['QUALM_TEST_DATA'] ?? fromHere('../../../../shared/data');
const photographs = join(data, 'coco-val2017', 'images');
const hasData = existsSync(join(data, 'models')) && existsSync(photographs);
if (!hasData)
  console.warn(
    'skipped: a classifier over photographs; set QUALM_TEST_DATA to a folder with models/ and coco-val2017/',
  );

/** What fixtures/top-classes/generate.py wrote: class and score of each photograph. */
const { top } = JSON.parse(readFileSync(fromHere('../fixtures/top-classes/mobilenet-v2.json'), 'utf8')) as {
  readonly top: Readonly<Record<string, readonly [id: number, score: number]>>;
};

describe.skipIf(!hasData)('mobilenet-v2.json over photographs', () => {
  it("gives the top class that it gives in Python, behind torchvision's transform, of all of them", async () => {
    const root = join(data, 'models');
    const resolved = await readModelSpec(fromHere('../../../examples/models/mobilenet-v2.json'), { root });
    const model = await loadModel(resolved, { backends: { onnx: createOnnxBackend({ device: 'cpu' }) }, vision });
    const paths = Object.keys(top).map((name) => join(photographs, name));
    const found: [string, readonly [number, number]][] = [];
    for await (const { image_id, detections } of predictStream(paths, model)) {
      const { label_ids, scores } = detections!.at(0)!;
      found.push([basename(String(image_id)), [label_ids[0]!, scores[0]!]]);
    }
    await model.dispose();
    expect(Object.fromEntries(found)).toEqual(top);
    expect(found).toHaveLength(206);
  });
});
