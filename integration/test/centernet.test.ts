import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { Image } from '@qualm/types';
import type { BackendModel, ImageGeometry, ModelSpec, TensorMap } from '@qualm/types';
import { createHead, createPreprocessor } from '@qualm/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centernet } from '../../examples/setup/centernet.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { specs } from '../../examples/setup/folders.ts';

/** A box of one class: x1, y1, x2, y2 in pixels of the original, score, label id. */
type Row = readonly number[];

describe('centernet-tfjs, whose graph holds a decoding of its own', () => {
  let spec: ModelSpec;
  let model: BackendModel;
  let photographs: string[];

  beforeAll(async () => {
    spec = JSON.parse(await readFile(join(specs, 'centernet-tfjs.json'), 'utf8')) as ModelSpec;
    model = await createTfjsBackend({ runtime: 'wasm', sessions: 1 }).load({
      model: join(await centernet(() => undefined), spec.files.model),
    });
    const folder = await demoPhotographs(() => undefined);
    photographs = (await readdir(folder)).map((name) => join(folder, name));
  });

  afterAll(() => model.dispose());

  it('the head finds the boxes of the graph on the demo photographs, to a thousandth of a pixel', async () => {
    const preprocessor = createPreprocessor(spec.input);
    const batch = preprocessor.allocate(1);
    const head = { ...spec.head, scoreThreshold: 0, iouThreshold: 1, duplicates: 'keep', maxDetections: 100 } as const;
    const { outputs, decode } = createHead({ ...spec, head }, 'detections', { minScore: 0 });
    for (const photograph of photographs) {
      const geometry = await preprocessor.fill(Image.fromUri(photograph), batch, 0);
      const raw = await model.run({ [spec.input.name!]: batch }, { outputs: [...outputs, 'tower_0/detections'] });
      const found = [...decode(raw, [geometry])[0]!].map(({ box, score, label_id: label }) => [
        ...[box.xmin, box.ymin, box.xmax, box.ymax, score, label],
      ]);
      const wanted = graphRows(raw, geometry, spec);
      expect(found).toHaveLength(wanted.length);
      for (const row of wanted) expect(distanceToNearest(row, found)).toBeLessThan(1e-3);
    }
  });
});

/** The graph's own detections, [1, 100, 6]: x1, y1, x2, y2 in input pixels, score, class. */
function graphRows(outputs: TensorMap, geometry: ImageGeometry, spec: ModelSpec): Row[] {
  const { data } = outputs['tower_0/detections']!;
  const { original, offsetX, offsetY, scaleX, scaleY } = geometry;
  const toX = (x: number): number => Math.min(Math.max((x - offsetX) / scaleX, 0), original.width);
  const toY = (y: number): number => Math.min(Math.max((y - offsetY) / scaleY, 0), original.height);
  return Array.from({ length: data.length / 6 }, (_, index) => {
    const [x1, y1, x2, y2, score, column] = data.slice(6 * index, 6 * index + 6) as unknown as number[];
    return [toX(x1!), toY(y1!), toX(x2!), toY(y2!), score!, spec.labels[column!]!.id];
  });
}

function distanceToNearest(row: Row, rows: readonly Row[]): number {
  const distance = (other: Row): number => Math.max(...row.map((value, index) => Math.abs(value - other[index]!)));
  return Math.min(...rows.map(distance));
}
