import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { specs } from '../../examples/setup/folders.ts';
import { root } from './repository.ts';

/** The command of qualm's worker as it lies in this repository. */
export const workerProgram: string = `${process.execPath} ${join(root, 'packages/worker/bin/qualm-worker.js')}`;

/** Puts the detector of the demo into a folder, as a worker wants it: its spec beside its weights.
 * @returns the path of the spec.
 */
export async function detectorFolder(folder: string): Promise<string> {
  const { onnx } = await cocoSsd(() => undefined);
  await mkdir(folder, { recursive: true });
  await copyFile(join(onnx, 'coco-ssd.onnx'), join(folder, 'coco-ssd.onnx'));
  const spec = join(folder, 'spec.json');
  await copyFile(join(specs, 'coco-ssd-onnx.json'), spec);
  return spec;
}
