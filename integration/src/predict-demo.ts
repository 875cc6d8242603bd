import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { qualm } from './qualm.ts';
import { root } from './repository.ts';

/** What the demo's detector finds in its photographs, or in a folder of others, by `qualm predict`
 * into a folder.
 * @returns the names of the photographs.
 */
export async function predictDemo(out: string, more: readonly string[] = [], others?: string): Promise<string[]> {
  const { onnx } = await cocoSsd(() => undefined);
  const images = others ?? (await demoPhotographs(() => undefined));
  const model = ['--model', join(root, 'examples/models/coco-ssd-onnx.json'), '--model-root', onnx, '--device', 'cpu'];
  await qualm('predict', '--images', images, ...model, '--out', out, ...more);
  return (await readdir(images)).sort();
}

/** What the demo's detector finds, in `all`, and the surest of it, in `sure`, as if of two models:
 * so the first finds all that the second one does.
 */
export async function predictDemoTwice(folder: string, others?: string): Promise<void> {
  await predictDemo(join(folder, 'all'), [], others);
  await predictDemo(join(folder, 'sure'), ['--min-score', '0.35'], others);
}

/** What YOLOX-nano finds in a hundred photographs of COCO, which lie in a folder of extra data. */
export async function predictCoco(data: string, out: string): Promise<void> {
  const images = ['--coco', join(data, 'coco-val2017/instances.json'), '--images', join(data, 'coco-val2017/images')];
  const model = ['--model', join(root, 'examples/models/yolox-nano.json'), '--model-root', join(data, 'models')];
  await qualm('predict', ...images, '--limit', '100', ...model, '--device', 'cpu', '--out', out);
}
