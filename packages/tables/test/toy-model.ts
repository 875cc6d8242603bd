import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel } from '@qualm/pipeline';
import type { ImageModel, LoadModelOptions } from '@qualm/pipeline';
import { encodeMeanColour, meanColourSpec } from '@qualm/testkit';
import { Image } from '@qualm/types';
import type { OutputForm, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';
import sharp from 'sharp';

export { meanColourSpec as toySpec };

/** The toy as files in a new folder; `batch` fixes how many images it takes. */
export async function writeToy(batch: number | null = null): Promise<ResolvedModel> {
  const root = await mkdtemp(join(tmpdir(), 'qualm-tables-'));
  await writeFile(join(root, meanColourSpec.files.model), encodeMeanColour(batch));
  await writeFile(join(root, 'spec.json'), JSON.stringify(meanColourSpec));
  return { spec: meanColourSpec, root };
}

/** The toy in memory, in two worker threads. */
export async function loadToy<Form extends OutputForm = 'class_scores'>(
  resolved: ResolvedModel,
  options: Partial<LoadModelOptions<Form>> = {},
): Promise<ImageModel<Form>> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }) };
  return loadModel(resolved, { backends, vision, ...options });
}

/** An image of one colour, 0..255 each, as a PNG in memory. */
export async function solid(r: number, g: number, b: number, width = 20, height = 10): Promise<Image> {
  const background = { r, g, b };
  return Image.fromBytes(
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  );
}

/** What the toy says of such an image, in the order of the labels. */
export function toyScores(...colour: number[]): number[] {
  const powers = colour.map((value) => Math.exp(value / 255));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
