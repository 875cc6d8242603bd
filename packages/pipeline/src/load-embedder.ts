import type { ResolvedModel } from '@qualm/types';
import type { Embedder, VectorOptions } from './image-model.ts';
import { withoutVectors, withVectors } from './load-model.ts';
import { openSpec } from './open-spec.ts';
import type { OpenSpecOptions } from './open-spec.ts';
import { probeModel } from './probe-model.ts';

/** What `loadEmbedder` puts a model together from. */
export interface LoadEmbedderOptions extends OpenSpecOptions, Partial<VectorOptions> {}

/** The model that a spec describes, in memory, as one that makes a vector of each image: by the
 * spec's own head, or of the output that `output` names, whatever the head of the spec.
 * @throws QualmError `spec-invalid` when the spec's head makes no vectors and no output is named,
 * or the output cannot be a vector, and what `loadModel` throws.
 * @example const clip = await loadEmbedder(await readModelSpec('clip.json'), { backends: { onnx }, vision
 * });
 */
export async function loadEmbedder(resolved: ResolvedModel, options: LoadEmbedderOptions): Promise<Embedder> {
  const { vision, heads, signal, output, pool } = options ?? {};
  const opened = await openSpec(
    'loadEmbedder',
    resolved,
    options,
    (spec) => (output === undefined ? spec : withVectors(spec, { output, pool })),
    (spec) => {
      if (!vision.createVectorHead) throw withoutVectors('loadEmbedder');
      const head = vision.createVectorHead(spec, heads && output === undefined ? { heads } : {});
      return { head, data: { spec, form: 'embedding', headOptions: {} } };
    },
  );
  const { length } = await probeModel<Float32Array>('loadEmbedder', opened, signal);
  return { ...opened, form: 'embedding', dimensions: length };
}
