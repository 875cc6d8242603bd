import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { writeMeanColour } from '@qualm/testkit';
import type { OutputForm, ResolvedModel, Vision } from '@qualm/types';
import * as vision from '@qualm/vision';
import { loadModel, type ImageModel, type LoadModelOptions } from '../src/index.ts';

export { meanColourScores as toyScores, meanColourSpec as toySpec, solidImage as solid } from '@qualm/testkit';

/** The toy as files in a new folder; `batch` fixes how many images it takes. */
export async function writeToy(batch: number | null = null): Promise<ResolvedModel> {
  return writeMeanColour(await mkdtemp(join(tmpdir(), 'qualm-pipeline-')), batch);
}

/** The toy in memory, in two worker threads. */
export async function loadToy<Form extends OutputForm = 'class_scores'>(
  resolved: ResolvedModel,
  options: Partial<LoadModelOptions<Form>> = {},
): Promise<ImageModel<Form>> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }) };
  return loadModel(resolved, { backends, vision, ...options });
}

/** The built package, whose two functions are those that threads import: with it images go all the
 * way in a session's thread.
 */
export async function builtVision(): Promise<Vision> {
  return (await import(vision.module)) as Vision;
}
