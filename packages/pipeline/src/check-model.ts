import { QualmError } from '@qualm/types';
import type { BackendModel, ModelSpec, TensorInfo } from '@qualm/types';

/** The input that the images go to, and how many of them it takes at once. */
export interface ImageInput {
  readonly name: string;
  readonly batch: number | null;
}

/** As many 32-bit numbers as 2 GiB hold. */
const mostValues = 2 ** 29;

/** Holds a spec's input against those of the model in memory.
 * @throws QualmError `spec-invalid` that names both sides.
 */
export function imageInput(
  spec: Pick<ModelSpec, 'name' | 'input'>,
  { inputs }: Pick<BackendModel, 'inputs'>,
): ImageInput {
  const { input } = spec;
  const info = input.name === undefined ? inputs[0] : inputs.find(({ name }) => name === input.name);
  if (!info) throw invalid(spec, `input.name is "${input.name}"`, inputs, 'input');
  if (inputs.length > 1) throw invalid(spec, `qualm feeds images and nothing else`, inputs, 'input');
  if (info.dtype === 'float16') {
    throw new QualmError(
      'spec-invalid',
      `loadModel: spec "${spec.name}": the model's input "${info.name}" is float16, which is not supported; ` +
        'export the model again in float32 (yolo export half=False), or quantise weights alone',
    );
  }
  const { width, height } = input.size;
  const image = input.layout === 'nchw' ? [3, height, width] : [height, width, 3];
  const [modelBatch = null, ...modelImage] = info.shape;
  const batch = input.batch ?? modelBatch;
  const values = 3 * width * height * (batch ?? 1);
  if (!(values <= mostValues)) {
    throw new QualmError(
      'spec-invalid',
      `loadModel: spec "${spec.name}": input.size ${width}x${height}${batch === null ? '' : `, ${batch} at once`}, is ${values} numbers, ` +
        `expected at most ${mostValues}; check input.size and input.batch`,
    );
  }
  const came = `input is ${input.dtype} [${batch ?? '*'},${image}] (${input.layout}, size ${width}x${height})`;
  const fits =
    input.dtype === info.dtype &&
    modelImage.length === image.length &&
    image.every((dimension, i) => (modelImage[i] ?? dimension) === dimension) &&
    (modelBatch ?? batch) === batch;
  if (!fits) throw invalid(spec, came, inputs, 'input');
  return { name: info.name, batch };
}

/** Holds the outputs that a head reads against those of the model in memory.
 * @throws QualmError `spec-invalid` that names both sides.
 */
export function assertOutputs(spec: ModelSpec, wanted: readonly string[], { outputs }: BackendModel): void {
  const missing = wanted.filter((name) => !outputs.some((output) => output.name === name));
  if (missing.length === 0) return;
  throw invalid(spec, `head.outputs needs ${missing.map((name) => `"${name}"`).join(', ')}`, outputs, 'output');
}

function invalid(spec: Pick<ModelSpec, 'name'>, came: string, has: readonly TensorInfo[], kind: string): QualmError {
  const list = has.map(({ name, dtype, shape }) => `"${name}" ${dtype} [${shape.map((size) => size ?? '*')}]`);
  return new QualmError(
    'spec-invalid',
    `loadModel: spec "${spec.name}": ${came}, the model has ${kind}${has.length === 1 ? '' : 's'} ${list.join(', ')}; ` +
      `make the spec say what the model has`,
  );
}
