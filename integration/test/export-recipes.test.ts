import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';

interface Comparison {
  readonly rows: number;
  readonly classes: number;
  /** Rows that the framework has too. */
  readonly same: number;
}

/** Everything that the model gives, whatever it scores, and nothing suppressed. */
const everything = { scoreThreshold: 0, iouThreshold: 1, maxDetections: 100 };

const recipes = [
  { name: 'ssd300_vgg16', args: ['ssd300_vgg16.onnx'], side: 300, classes: 90, rows: 100 },
  { name: 'retinanet_resnet50_fpn', args: ['retinanet_resnet50_fpn.onnx'], side: 640, classes: 91, rows: 100 },
  { name: 'fasterrcnn_resnet50_fpn', args: ['fasterrcnn_resnet50_fpn.onnx'], side: 640, classes: 90, rows: 100 },
  { name: 'rt_detr', args: ['rt_detr.onnx'], side: 640, classes: 80, rows: 100 },
  { name: 'ultralytics_yolo', args: ['yolo11n.yaml'], side: 640, classes: 80, rows: 100 },
  { name: 'clip_image_encoder', args: ['clip_image_encoder.onnx'], side: null, classes: 512, rows: 1 },
  { name: 'timm_classifier', args: ['resnet18', 'resnet18.onnx'], side: null, classes: 1000, rows: 1 },
] as const;

async function photograph(): Promise<string> {
  const folder = await demoPhotographs(() => undefined);
  return join(folder, (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort()[0]!);
}

describe('models as the recipes export them', () => {
  let python: string;
  let folder: string;
  beforeAll(async () => {
    python = await pythonEnvironment(join(root, 'integration/python/export.txt'));
    folder = await mkdtemp(join(tmpdir(), 'qualm-export-'));
    await cp(join(root, 'examples/export'), folder, { recursive: true });
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(recipes)(
    "$name: boxes and scores of all classes, or the vector, are its framework's",
    async ({ name, args, side, ...wanted }) => {
      await promisify(execFile)(python, [`${name}.py`, ...args], {
        cwd: folder,
        env: { ...process.env, YOLO_OFFLINE: '1' },
      });
      const spec = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as {
        head: { type: string };
        files: object;
      };
      if (name === 'ultralytics_yolo') spec.files = { model: 'yolo11n.onnx' };
      const isWhole = spec.head.type === 'classifier' || spec.head.type === 'embedding';
      if (!isWhole) Object.assign(spec.head, everything);
      await writeFile(join(folder, `${name}.json`), JSON.stringify(spec));
      const image = join(folder, `${name}.png`);
      const pixels = sharp(await photograph());
      await (side === null ? pixels : pixels.resize(side, side, { fit: 'fill' })).png().toFile(image);
      const scores = join(folder, `${name}.npz`);
      const given = ['--images', image, '--model', join(folder, `${name}.json`)];
      if (spec.head.type === 'embedding') await qualm('embed', ...given, '--out', scores);
      else await qualm('predict', ...given, '--scores', scores);
      const script = join(root, 'integration/python/check_export.py');
      const { same, ...found } = (await runPython(python, script, [name, image, scores], {
        cwd: folder,
      })) as Comparison;
      expect(found).toEqual(wanted);
      // RT-DETR chooses 300 of 8,400 queries; of random weights some are as good as tied.
      expect(same).toBeGreaterThanOrEqual(name === 'rt_detr' ? 0.8 * found.rows : found.rows);
    },
  );
});
