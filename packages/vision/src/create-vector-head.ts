import { assertOptions, findHead, QualmError } from '@qualm/types';
import type { CreateHeadOptions, ImageGeometry, ModelSpec, OutputProblem, VectorHead } from '@qualm/types';
import { assertSpecParts } from './heads/assert-spec-parts.ts';
import { guardHead } from './heads/guard-head.ts';
import { heads as ownHeads } from './heads/heads.ts';
import { inFloat32 } from './heads/in-float32.ts';

/** A head that makes one vector for each image of the raw outputs of the spec's model: of its
 * output as it is, or pooled over positions. NaN and infinities are reported, and that image has no
 * vector.
 * @throws QualmError `spec-invalid` for a spec that contradicts itself, or whose head gives boxes
 * or class scores, `plugin-failed` where a head of your own throws.
 * @example createVectorHead(spec).decode(outputs, geometries)[0] // Float32Array [dimensions]
 */
export function createVectorHead(
  spec: Pick<ModelSpec, 'head' | 'input'>,
  options: Pick<CreateHeadOptions, 'heads'> = {},
): VectorHead {
  assertOptions('createVectorHead', options, '{ heads }');
  const { heads = ownHeads } = options;
  assertSpecParts('createVectorHead', spec, heads);
  const { head, input } = spec;
  const definition = findHead('createVectorHead', heads, head.type)!;
  if (definition.kind !== 'embedding') throw withoutVectors(head.type);
  const { size, layout } = input;
  const guard = guardHead(heads, definition);
  const reader = guard.createReader(() => definition.createReader(head, { numLabels: 0, labels: [], size, layout }));
  return {
    outputs: reader.outputs,
    decode: (outputs, geometries, report) => {
      const numbers = inFloat32(outputs, reader.outputs);
      const decodeOne = (_: ImageGeometry, image: number): Float32Array => {
        const vector = reader.read(numbers, image).slice();
        const problem = problemOf(head.type, reader.outputs, vector);
        if (problem) report?.(image, problem);
        return vector;
      };
      return guard.decode(() => geometries.map(decodeOne));
    },
  };
}

function problemOf(type: string, outputs: readonly string[], vector: Float32Array): OutputProblem | null {
  const wrong = vector.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (wrong === 0) return null;
  const numbers = `${wrong} of the ${vector.length} numbers`;
  const message = `head ${type}: ${numbers} of output "${outputs.join('", "')}" are NaN or infinite`;
  return { message, isFatal: true, isOfSpec: false };
}

function withoutVectors(type: string): QualmError {
  return new QualmError(
    'spec-invalid',
    `head ${type} gives boxes or class scores, expected one that makes vectors, such as ` +
      `{ "type": "embedding", "outputs": { "embedding": "image_embeds" } }; ` +
      'or name one of the outputs of its model (--output, `output` of loadEmbedder and embedStream)',
  );
}
