import { assertObject, assertOptions, findHead, QualmError } from '@qualm/types';
import type { Backend, Backends, HeadDefinition, OutputForm, HeadOptions, Heads } from '@qualm/types';
import type { ModelSpec, ResolvedModel, Vision } from '@qualm/types';
import { assertOutputs, imageInput } from './check-model.ts';
import type { ImageModel } from './image-model.ts';
import { setRoad } from './image-road.ts';
import { modelFile } from './model-file.ts';
import { openModel } from './open-model.ts';
import { probeModel } from './probe-model.ts';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { assertResolved } from './assert-arguments.ts';

/** What `loadModel` puts a model together from. */
export interface LoadModelOptions<Form extends OutputForm = OutputForm> extends HeadOptions {
  /** Backends by flavor: `{ onnx: createOnnxBackend() }`. */
  readonly backends: Backends;
  /** The two ends that know images: `import * as vision from '@qualm/vision'`. */
  readonly vision: Vision;
  /** The heads that specs may name, in the place of those of `vision`: `{ ...heads, mine }` with
   * its `heads`.
   */
  readonly heads?: Heads;
  /** `class_scores` by default, which strategies read; `detections` keeps each box's best class
   * alone.
   */
  readonly form?: Form;
  /** The module that threads of sessions import to take images all the way, as a `file:` URL or
   * an absolute path, where a bundler moved the code: what became of
   * `@qualm/pipeline/image-part`. By default the one of this package. */
  readonly imagePart?: URL | string;
  readonly signal?: AbortSignal;
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
  assertResolved('loadModel', resolved);
  assertOptions('loadModel', options, '{ backends: { onnx: createOnnxBackend() }, vision }');
  const { spec, root, followLinks = false } = resolved;
  const { backends, vision, form = 'class_scores' as Form, signal, minScore, topK, imagePart } = options;
  assertObject('loadModel', 'backends', backends, '{ onnx: createOnnxBackend() }');
  assertObject('loadModel', 'vision', vision, "import * as vision from '@qualm/vision'");
  const { heads = vision.heads } = options;
  toModelSpec(spec, spec.name, { ...(heads && { heads }) });
  const customHead = customHeadOf(spec, vision, options.heads);
  const backend = backendOf(spec, backends);
  const preprocessor = vision.createPreprocessor(spec.input);
  const headOptions = { ...(minScore !== undefined && { minScore }), ...(topK !== undefined && { topK }) };
  const head = vision.createHead(spec, form, { ...headOptions, ...(options.heads && { heads: options.heads }) });
  const { backendOptions } = spec;
  const model = await modelFile({ spec, root, followLinks });
  const files = { model, ...(backendOptions && { backendOptions }), ...(followLinks && { followLinks }) };
  const { runtime, ask, warnings } = await openModel({
    ...{ backend, files, vision, imagePart, customHead, signal, spec, form, headOptions },
  });
  const dispose = async (): Promise<void> => {
    await Promise.all([runtime.dispose(), preprocessor.dispose?.()]);
  };
  try {
    const { name: inputName, batch } = imageInput(spec, runtime);
    assertOutputs(spec, head.outputs, runtime);
    const { device, concurrency } = runtime;
    const loaded: ImageModel<Form> = {
      ...{ spec, root, followLinks, form, headOptions, labels: spec.labels },
      ...{ scoreKind: head.scoreKind, task: head.task, minScore: head.minScore },
      ...{ device, warnings, concurrency, batch, preprocessor, head, inputName },
      ...(customHead && { customHead }),
      run: (inputs, options) => runtime.run(inputs, { outputs: head.outputs, ...options }),
      dispose,
    };
    if (ask) setRoad(loaded, ask);
    await probeModel(loaded, signal);
    return loaded;
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The spec's head where it was given, and is not one of vision's own. */
function customHeadOf({ head }: ModelSpec, vision: Vision, heads: Heads | undefined): HeadDefinition | null {
  const given = heads ? findHead('loadModel', heads, head.type) : null;
  return given && !Object.values(vision.heads ?? {}).includes(given) ? given : null;
}

function backendOf({ name, flavor }: ModelSpec, backends: Backends): Backend {
  if (Object.hasOwn(backends, flavor)) return backends[flavor]!;
  const has = Object.keys(backends).join(', ') || 'none';
  throw new QualmError(
    'backend-unavailable',
    `loadModel: spec "${name}" has flavor "${flavor}", the backends given are: ${has}; add { ${flavor}: ... } to backends`,
  );
}
