import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel } from '@qualm/pipeline';
import type { ImageModel, LoadModelOptions } from '@qualm/pipeline';
import { writeMeanColour } from '@qualm/testkit';
import type { OutputForm, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';

export { meanColourScores as toyScores, meanColourSpec as toySpec, solidImage as solid } from '@qualm/testkit';

/** The toy as files in a new folder; `batch` fixes how many images it takes. */
export async function writeToy(batch: number | null = null): Promise<ResolvedModel> {
  return writeMeanColour(await mkdtemp(join(tmpdir(), 'qualm-tables-')), batch);
}

/** The toy in memory, in two worker threads. */
export async function loadToy<Form extends OutputForm = 'class_scores'>(
  resolved: ResolvedModel,
  options: Partial<LoadModelOptions<Form>> = {},
): Promise<ImageModel<Form>> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }) };
  return loadModel(resolved, { backends, vision, ...options });
}
