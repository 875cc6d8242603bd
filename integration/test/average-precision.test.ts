import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { centernet } from '../../examples/setup/centernet.ts';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { specWith } from '../src/model-specs.ts';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { qualm } from '../src/qualm.ts';
import { root, testData } from '../src/repository.ts';

const data = testData();
const models = data ? join(data, 'models') : '';

/** x64 without VNNI has products of 8 bits that saturate, in Python's ONNX Runtime too: there an
 * int8 model finds less.
 */
const saturates =
  process.arch === 'x64' &&
  existsSync('/proc/cpuinfo') &&
  !/\bavx(512)?_vnni\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));

/** What plain, correct implementations reached on these photographs: score above .01, suppression
 * per class, at most 100 boxes an image, an anchor once for each class that it passes. */
const expected = [
  { name: 'ssd-fpnlite', ...(saturates ? { ap: 0.117, ap50: 0.255 } : { ap: 0.139, ap50: 0.303 }) },
  { name: 'yolox-nano', ap: 0.284, ap50: 0.444 },
  { name: 'nanodet-m', ap: 0.259, ap50: 0.418 },
  { name: 'fastestdet', ap: 0.171, ap50: 0.314 },
  { name: 'coco-ssd-onnx', ap: 0.295, ap50: 0.458 },
  { name: 'coco-ssd-tfjs', ap: 0.295, ap50: 0.458 },
  { name: 'centernet-tfjs', ap: 0.283, ap50: 0.458 },
];

/** The same with OpenCV's pixels, which these were trained with: no worse than with Pillow's. */
const opencv = expected
  .filter(({ name }) => ['yolox-nano', 'nanodet-m', 'fastestdet'].includes(name))
  .map((wanted) => ({ ...wanted, input: { filter: 'opencv-linear' } }));
const cases = [...expected.map((wanted) => ({ ...wanted, input: {} })), ...opencv];

describe.skipIf(data === null)('AP of our Parquet, by pycocotools, on the COCO photographs', () => {
  let python: string;
  let roots: Record<string, string>;

  beforeAll(async () => {
    python = await pythonEnvironment(join(root, 'integration/python/requirements.txt'));
    const { onnx, tfjs } = await cocoSsd(() => undefined);
    roots = { 'coco-ssd-onnx': onnx, 'coco-ssd-tfjs': tfjs, 'centernet-tfjs': await centernet(() => undefined) };
  });

  it.each(cases)('$name $input is no more than .003 below $ap / $ap50', async ({ name, input, ap, ap50 }) => {
    const out = join(await mkdtemp(join(tmpdir(), 'qualm-ap-')), 'predictions');
    const instances = join(data!, 'coco-val2017/instances.json');
    const images = join(data!, 'coco-val2017/images');
    const spec = await specWith(name, {
      head: { duplicates: 'keep', scoreThreshold: 0.01, maxDetections: 100 },
      input,
    });
    const model = ['--model', spec, '--model-root', roots[name] ?? models, '--form', 'detections', '--min-score', '0'];
    await qualm('predict', '--coco', instances, '--images', images, ...model, '--device', 'cpu', '--out', out);
    const script = join(root, 'integration/python/average_precision.py');
    const found = (await runPython(python, script, [instances, out])) as { ap: number; ap50: number; images: number };
    process.stdout.write(
      `AP of ${name} ${Object.values(input).join()}: ${found.ap.toFixed(4)} / ${found.ap50.toFixed(4)} on ${found.images} images\n`,
    );
    expect(found.ap).toBeGreaterThanOrEqual(ap - 0.003);
    expect(found.ap50).toBeGreaterThanOrEqual(ap50 - 0.003);
  });
});
