import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { qualm } from '../src/qualm.ts';
import { root } from '../src/repository.ts';

interface Comparison {
  readonly rows: number;
  /** Rows that Ultralytics has too. */
  readonly same: number;
  readonly leastIou: number;
  /** In pixels, or radians of an angle. */
  readonly farthest: number;
}

const script = join(root, 'integration/python/ultralytics_shapes.py');
const spec = join(root, 'examples/export/ultralytics_yolo.json');
const least = 0.05;
const tasks = [
  { task: 'segment', head: { outputs: { predictions: 'output0', prototypes: 'output1' } } },
  { task: 'pose', head: { keypoints: 17 } },
  { task: 'obb', head: {} },
];

describe("masks, key points and turned boxes are those of Ultralytics' own predict", () => {
  let python: string;
  let folder: string;
  beforeAll(async () => {
    python = await pythonEnvironment(join(root, 'integration/python/export.txt'));
    folder = await mkdtemp(join(tmpdir(), 'qualm-shapes-'));
    const photographs = await demoPhotographs(() => undefined);
    const name = (await readdir(photographs)).filter((one) => one.endsWith('.jpg')).sort()[0]!;
    await sharp(join(photographs, name)).png().toFile(join(folder, 'image.png'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(tasks)('$task', async ({ task, head }) => {
    const { file } = (await runPython(python, script, ['export', task], { cwd: folder })) as { file: string };
    const base = JSON.parse(await readFile(spec, 'utf8')) as { input: object; head: object };
    const selection = { task, scoreThreshold: least, iouThreshold: 1, maxCandidates: 10_000, maxDetections: 10_000 };
    const labels = task === 'pose' ? [{ id: 0, name: 'person' }] : 'coco-80';
    const model = join(folder, `${task}.json`);
    const input = { ...base.input, size: { width: 160, height: 160 } };
    const changed = { files: { model: file }, input, head: { ...base.head, ...head, ...selection }, labels };
    await writeFile(model, JSON.stringify({ ...base, ...changed }));
    const lines = await qualm('predict', '--images', join(folder, 'image.png'), '--model', model, '--out', '-');
    const rows = join(folder, `${task}.ndjson`);
    await writeFile(rows, lines);
    const found = (await runPython(python, script, ['compare', task, join(folder, 'image.png'), rows, String(least)], {
      cwd: folder,
    })) as Comparison;
    expect(found.rows).toBeGreaterThan(20);
    expect(found.same).toBe(found.rows);
    expect(found.leastIou).toBeGreaterThanOrEqual(0.999);
    expect(found.farthest).toBeLessThan(0.1);
  });
});
