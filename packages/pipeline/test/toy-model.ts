import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { encodeOnnxModel } from '@qualm/testkit';
import { Image } from '@qualm/types';
import type { HeadForm, ModelSpec, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';
import sharp from 'sharp';
import { loadModel, type ImageModel, type LoadModelOptions } from '../src/index.ts';

/** A classifier whose scores are the softmax of an image's mean red, green and blue, each 0..1. */
export const toySpec: ModelSpec = {
  specVersion: 1,
  name: 'mean-colour',
  flavor: 'onnx',
  files: { model: 'mean-colour.onnx' },
  input: {
    size: { width: 8, height: 8 },
    layout: 'nchw',
    dtype: 'float32',
    channels: 'rgb',
    resize: { mode: 'stretch' },
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  head: { type: 'classifier', outputs: { scores: 'scores' }, activation: 'none' },
  labels: [
    { id: 1, name: 'red' },
    { id: 2, name: 'green' },
    { id: 3, name: 'blue' },
  ],
};

/** The toy as files in a new folder; `batch` fixes how many images it takes. */
export async function writeToy(batch: number | null = null): Promise<ResolvedModel> {
  const root = await mkdtemp(join(tmpdir(), 'qualm-pipeline-'));
  const graph = encodeOnnxModel({
    name: 'mean-colour',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [batch, 3, 8, 8] }],
    outputs: [{ name: 'scores', dtype: 'float32', shape: [batch, 3] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['flat'] },
      { op: 'Softmax', inputs: ['flat'], outputs: ['scores'] },
    ],
  });
  await writeFile(join(root, toySpec.files.model), graph);
  await writeFile(join(root, 'spec.json'), JSON.stringify(toySpec));
  return { spec: toySpec, root };
}

/** The toy in memory, in two worker threads. */
export async function loadToy<Form extends HeadForm = 'class_scores'>(
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
