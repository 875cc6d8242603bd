import { QualmError } from '@qualm/types';
import type { OutputForm, HeadOptions, ModelSpec, ResolvedModel, VectorHead, Vision } from '@qualm/types';
import type { ImageModel, VectorOptions } from './image-model.ts';
import { openSpec } from './open-spec.ts';
import type { OpenSpecOptions } from './open-spec.ts';
import { probeModel } from './probe-model.ts';

/** What `loadModel` puts a model together from. */
export interface LoadModelOptions<Form extends OutputForm = OutputForm> extends HeadOptions, OpenSpecOptions {
  /** `class_scores` by default, which strategies read; `detections` keeps each box's best class
   * alone.
   */
  readonly form?: Form;
}

/** The model that a spec describes, in memory and held against its spec: inputs and outputs by what
 * the model says of them, labels and shapes by one run on an empty image.
 * @throws QualmError `backend-unavailable` when no backend has the spec's flavor or it cannot
 * start, `model-missing`, `model-invalid`, `path-outside`, `spec-invalid` when spec and model
 * contradict each other, `aborted`.
 * @example const model = await loadModel(await readModelSpec('yolox.json'), { backends: { onnx }, vision });
 */
export async function loadModel<Form extends OutputForm = 'class_scores'>(
  resolved: ResolvedModel,
  options: LoadModelOptions<Form>,
): Promise<ImageModel<Form>> {
  const { vision, form = 'class_scores' as Form, minScore, topK, heads, signal } = options ?? {};
  const headOptions = { ...(minScore !== undefined && { minScore }), ...(topK !== undefined && { topK }) };
  const opened = await openSpec(
    'loadModel',
    resolved,
    options,
    (spec) => spec,
    (spec) => ({
      head: vision.createHead(spec, form, { ...headOptions, ...(heads && { heads }) }),
      data: { spec, form, headOptions },
    }),
  );
  const { head, spec } = opened;
  const loaded: ImageModel<Form> = {
    ...opened,
    ...{ form, headOptions, labels: spec.labels },
    ...{ scoreKind: head.scoreKind, task: head.task, minScore: head.minScore },
    ...(head.shapes && { shapes: head.shapes }),
    createVectorHead: (vectorOptions) => vectorHeadOf(spec, vision, vectorOptions),
  };
  await probeModel('loadModel', loaded, signal);
  return loaded;
}

/** The head of a spec that takes this output in the place of what its own head reads. */
export function withVectors<S extends Pick<ModelSpec, 'head'>>(spec: S, { output, pool = 'mean' }: VectorOptions): S {
  return { ...spec, head: { type: 'embedding', outputs: { embedding: output }, pool } };
}

function vectorHeadOf(spec: ModelSpec, vision: Vision, options: VectorOptions): VectorHead {
  const { createVectorHead } = vision;
  if (createVectorHead) return createVectorHead(withVectors(spec, options));
  throw withoutVectors('embedStream');
}

/** Of a vision that somebody else wrote. */
export function withoutVectors(where: string): QualmError {
  return new QualmError('unsupported', `${where}: its vision has no createVectorHead; give that of @qualm/vision`);
}
