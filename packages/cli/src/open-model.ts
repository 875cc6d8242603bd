import { resolve } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { loadModel, readModelSpec } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import type { Backends, HeadForm } from '@qualm/types';
import * as vision from '@qualm/vision';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';

export interface ModelOptions {
  readonly model: string;
  readonly modelRoot?: string | undefined;
  readonly device?: 'auto' | 'cpu' | 'cuda' | undefined;
  readonly sessions?: number | undefined;
  readonly threads?: number | undefined;
}

/** The backends that come with the command line, by flavor. */
export function createBackends({ device, sessions, threads }: Omit<ModelOptions, 'model'>): Backends {
  const pool = sessions === undefined ? {} : { sessions };
  return {
    onnx: createOnnxBackend({ ...pool, ...(device ? { device } : {}), ...(threads === undefined ? {} : { threads }) }),
    tfjs: createTfjsBackend(pool),
  };
}

/** The model of a spec, loaded and checked against its file. */
export async function openModel<Form extends HeadForm>(
  options: ModelOptions,
  form: Form,
  { cwd, signal }: Terminal,
  reporter: Reporter,
  minScore?: number,
): Promise<ImageModel<Form>> {
  const root = options.modelRoot === undefined ? {} : { root: resolve(cwd, options.modelRoot) };
  const resolved = await readModelSpec(resolve(cwd, options.model), root);
  const model = await loadModel(resolved, {
    backends: createBackends(options),
    vision,
    form,
    signal,
    ...(minScore === undefined ? {} : { minScore }),
  });
  const asked = options.device === undefined ? [] : model.warnings;
  const remarks = asked.map(({ code }) => `; ${code}, see qualm doctor`).join('');
  reporter.note(`${model.spec.name} on ${model.device}, ${model.concurrency} at a time${remarks}`);
  return model;
}
