import { assertObject, assertOptions, findHead, QualmError } from '@qualm/types';
import type { Backend, Backends, HeadDefinition, Heads, ModelSpec, ResolvedModel, Vision } from '@qualm/types';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { assertResolved } from './assert-arguments.ts';
import { assertOutputs, imageInput } from './check-model.ts';
import type { LoadedModel } from './image-model.ts';
import { setRoad } from './image-road.ts';
import type { ImageThreadData } from './image-thread.ts';
import { modelFile } from './model-file.ts';
import { openModel } from './open-model.ts';

/** What a model is put together from, whatever its head makes. */
export interface OpenSpecOptions {
  /** Backends by flavor: `{ onnx: createOnnxBackend() }`. */
  readonly backends: Backends;
  /** The two ends that know images: `import * as vision from '@qualm/vision'`. */
  readonly vision: Vision;
  /** The heads that specs may name, in the place of those of `vision`: `{ ...heads, mine }` with
   * its `heads`.
   */
  readonly heads?: Heads;
  /** The module that threads of sessions import to take images all the way, as a `file:` URL or
   * an absolute path, where a bundler moved the code: what became of
   * `@qualm/pipeline/image-part`. By default the one of this package. */
  readonly imagePart?: URL | string;
  readonly signal?: AbortSignal;
}

/** The end of a model behind its outputs. */
export interface OutputEnd<H> {
  readonly head: H;
  /** What threads make the same head from. */
  readonly data: Pick<ImageThreadData, 'form' | 'headOptions'> & { readonly spec: ModelSpec };
}

/** The model that a spec describes, in memory and held against its spec.
 * @param where the function that was called, for messages.
 * @param specOf what of the spec is changed before anything is opened.
 * @param endOf makes the head.
 */
export async function openSpec<H extends { readonly outputs: readonly string[] }>(
  where: string,
  resolved: ResolvedModel,
  options: OpenSpecOptions,
  specOf: (spec: ModelSpec) => ModelSpec,
  endOf: (spec: ModelSpec) => OutputEnd<H>,
): Promise<LoadedModel & { readonly head: H }> {
  assertResolved(where, resolved);
  assertOptions(where, options, '{ backends: { onnx: createOnnxBackend() }, vision }');
  const { root, followLinks = false, labelsFrom } = resolved;
  const { backends, vision, signal, imagePart } = options;
  assertObject(where, 'backends', backends, '{ onnx: createOnnxBackend() }');
  assertObject(where, 'vision', vision, "import * as vision from '@qualm/vision'");
  const { heads = vision.heads } = options;
  const spec = specOf(toModelSpec(resolved.spec, resolved.spec.name, { ...(heads && { heads }) }));
  const customHead = customHeadOf(where, spec, vision, options.heads);
  const backend = backendOf(where, spec, backends);
  const preprocessor = vision.createPreprocessor(spec.input);
  const { head, data } = endOf(spec);
  const { backendOptions } = spec;
  const model = await modelFile({ spec, root, followLinks });
  const files = { model, ...(backendOptions && { backendOptions }), ...(followLinks && { followLinks }) };
  const { runtime, ask, warnings } = await openModel({
    ...{ backend, files, vision, imagePart, customHead, signal, ...data },
  });
  const dispose = async (): Promise<void> => {
    await Promise.all([runtime.dispose(), preprocessor.dispose?.()]);
  };
  try {
    const { name: inputName, batch } = imageInput(where, spec, runtime);
    assertOutputs(where, spec, head.outputs, runtime);
    const { device, concurrency } = runtime;
    const loaded: LoadedModel & { readonly head: H } = {
      ...{ spec, root, followLinks, device, warnings, concurrency, batch, preprocessor, head, inputName },
      ...(labelsFrom !== undefined && { labelsFrom }),
      ...(customHead && { customHead }),
      run: (inputs, options) => runtime.run(inputs, { outputs: head.outputs, ...options }),
      dispose,
    };
    if (ask) setRoad(loaded, ask);
    return loaded;
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The spec's head where it was given, and is not one of vision's own. */
function customHeadOf(
  where: string,
  { head }: ModelSpec,
  vision: Vision,
  heads: Heads | undefined,
): HeadDefinition | null {
  const given = heads ? findHead(where, heads, head.type) : null;
  return given && !Object.values(vision.heads ?? {}).includes(given) ? given : null;
}

function backendOf(where: string, { name, flavor }: ModelSpec, backends: Backends): Backend {
  if (Object.hasOwn(backends, flavor)) return backends[flavor]!;
  const has = Object.keys(backends).join(', ') || 'none';
  throw new QualmError(
    'backend-unavailable',
    `${where}: spec "${name}" has flavor "${flavor}", the backends given are: ${has}; add { ${flavor}: ... } to backends`,
  );
}
