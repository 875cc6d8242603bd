import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { loadModel } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import type { Backends, OutputForm } from '@qualm/types';
import * as vision from '@qualm/vision';
import type { Reporter } from '../terminal/reporter.ts';
import { headsWith } from './heads-with.ts';
import { resolveModel } from './resolve-model.ts';
import type { ModelPlace } from './resolve-model.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ModelOptions extends ModelPlace {
  readonly device?: 'auto' | 'cpu' | 'cuda' | undefined;
  readonly sessions?: number | undefined;
  readonly threads?: number | undefined;
}

/** The backends that come with the command line, by flavor. */
export function createBackends({ device, sessions, threads }: Omit<ModelOptions, keyof ModelPlace>): Backends {
  const pool = sessions === undefined ? {} : { sessions };
  return {
    onnx: createOnnxBackend({ ...pool, ...(device ? { device } : {}), ...(threads === undefined ? {} : { threads }) }),
    tfjs: createTfjsBackend(pool),
  };
}

/** The model of a spec, loaded and checked against its file.
 * @param form what the spec says where it is undefined.
 */
export async function openModel<Form extends OutputForm>(
  options: ModelOptions,
  form: Form | undefined,
  terminal: Terminal,
  reporter: Reporter,
  minScore?: number,
): Promise<ImageModel<Form>> {
  const resolved = await resolveModel(options, terminal, reporter);
  const heads = options.heads ?? (await headsWith(options.head, terminal.cwd));
  const model = await loadModel(resolved, {
    backends: createBackends(options),
    ...{ vision, heads },
    form: form ?? ((resolved.spec.form ?? 'class_scores') as Form),
    signal: terminal.signal,
    ...(minScore === undefined ? {} : { minScore }),
  });
  const asked = options.device === undefined ? [] : model.warnings;
  const remarks = asked.map(({ code }) => `; ${code}, see qualm doctor`).join('');
  reporter.note(`${model.spec.name} on ${model.device}, ${model.concurrency} at a time${remarks}`);
  return model;
}
