import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import { assertOptions, assertText, formOf } from '@qualm/types';
import type { OutputForm } from '@qualm/types';
import * as vision from '@qualm/vision/ends';
import type { OpenUri } from '@qualm/vision';
import { workerFingerprint } from './fingerprint.ts';
import { parseMeasure, readMeasure } from './measures/read-measure.ts';
import { createMeasure } from './measures/worker-measure.ts';
import { resolveModel } from './model/resolve-model.ts';
import { createWorker } from './worker.ts';
import type { Worker } from './worker.ts';

/** What a worker is told to do. */
export interface OpenWorkerOptions {
  /** The path of a spec, or of a folder with a `spec.json`, or the URI of a spec. */
  readonly model: string;
  /** What `modelFingerprint` gives of the model: another one is refused. */
  readonly hash?: string | undefined;
  /** What the spec says by default, else class scores. */
  readonly form?: OutputForm | undefined;
  /** Boxes whose best class scores below this are left out, 0..1; as the spec says by default. */
  readonly minScore?: number | undefined;
  /** Class scores kept of each box, and of plain detections the boxes kept; all by default. */
  readonly topK?: number | undefined;
  /** What is measured of each image: `entropy`, `entropy:max`, `./mine.js#score`. */
  readonly measures?: readonly string[] | undefined;
  /** Images that are computed at the same time, each on one core; 1 by default. */
  readonly threads?: number | undefined;
  /** Where models of URIs are kept, under their hash; `qualm-models` by default. */
  readonly cache?: string | undefined;
  /** Opens what is not on this machine, images and models; without it both are refused. */
  readonly open?: OpenUri | undefined;
  /** What paths are relative to; the current folder by default. */
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A worker with the model that it was told.
 * @throws QualmError as `loadModel` does; `model-invalid` for another model than `hash` says;
 * `options-invalid` for measures that there are not.
 * @example const worker = await openWorker({ model: 'yolox-nano.json', measures: ['margin'] });
 */
export async function openWorker(options: OpenWorkerOptions): Promise<Worker> {
  assertOptions('openWorker', options, "{ model: 'yolox-nano.json' }");
  assertText('openWorker', 'model', options.model, 'the path or the URI of a spec');
  const { minScore, topK, measures = [], threads = 1, open, cwd = '.', signal } = options;
  const parts = await Promise.all(measures.map((text) => readMeasure(parseMeasure(text), cwd)));
  const { heads } = vision;
  const resolved = await resolveModel({ ...options, cwd, heads });
  const form = options.form ?? formOf(resolved.spec, heads);
  const chosen = { form, headOptions: minScore === undefined ? {} : { minScore } };
  const fingerprint = await workerFingerprint({ model: { ...resolved, ...chosen }, topK, measures, cwd });
  const session = { device: 'cpu', sessions: threads, threads: 1 } as const;
  const model: ImageModel = await loadModel(resolved, {
    backends: { onnx: createOnnxBackend(session) },
    vision,
    ...chosen.headOptions,
    ...(signal && { signal }),
    form,
  });
  try {
    return createWorker({
      ...{ model, fingerprint, measures: parts.map((part) => createMeasure(part, model)) },
      ...(topK !== undefined && { topK }),
      ...(open && { open }),
    });
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
