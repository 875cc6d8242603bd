import { QualmError } from '@qualm/types';
import type { BackendModel, InputSpec, ModelSpec, TensorInfo } from '@qualm/types';

/** The input that the images go to, and how many of them it takes at once. */
export interface ImageInput {
  readonly name: string;
  readonly batch: number | null;
}

/** As many 32-bit numbers as 2 GiB hold. */
const mostValues = 2 ** 29;

/** Holds a spec's input against those of the model in memory.
 * @param where the function that was called, for messages.
 * @throws QualmError `spec-invalid` that names both sides.
 */
export function imageInput(
  where: string,
  spec: Pick<ModelSpec, 'name' | 'input'>,
  { inputs }: Pick<BackendModel, 'inputs'>,
): ImageInput {
  const { input } = spec;
  const info = input.name === undefined ? inputs[0] : inputs.find(({ name }) => name === input.name);
  if (!info) throw invalid(where, spec, `input.name is "${input.name}"`, inputs, 'input');
  if (inputs.length > 1) throw invalid(where, spec, `qualm feeds images and nothing else`, inputs, 'input');
  const { width, height } = input.size;
  const image = input.layout === 'nchw' ? [3, height, width] : [height, width, 3];
  const [modelBatch = null, ...modelImage] = info.shape;
  const batch = input.batch ?? modelBatch;
  const values = 3 * width * height * (batch ?? 1);
  if (!(values <= mostValues)) {
    throw new QualmError(
      'spec-invalid',
      `${where}: spec "${spec.name}": input.size ${width}x${height}${batch === null ? '' : `, ${batch} at once`}, is ${values} numbers, ` +
        `expected at most ${mostValues}; check input.size and input.batch`,
    );
  }
  const came = `input is ${input.dtype} [${batch ?? '*'},${image}] (${input.layout}, size ${width}x${height})`;
  const fits =
    input.dtype === info.dtype &&
    modelImage.length === image.length &&
    image.every((dimension, i) => (modelImage[i] ?? dimension) === dimension) &&
    (modelBatch ?? batch) === batch;
  if (!fits) throw invalid(where, spec, came, inputs, 'input', changesTo(input, info));
  return { name: info.name, batch };
}

/** What to write into the spec where the export fixed it; empty where that is not known. */
function changesTo(input: InputSpec, { dtype, shape }: TensorInfo): string {
  const [batch = null, ...image] = shape;
  if (shape.length !== 4) return '';
  const layout = layoutOf(image) ?? input.layout;
  const [height, width] = layout === 'nchw' ? image.slice(1) : image;
  const { size } = input;
  const fixed = { width: width ?? size.width, height: height ?? size.height };
  const changes = [
    ...(dtype === input.dtype ? [] : [`"dtype": "${dtype}"`]),
    ...(layout === input.layout ? [] : [`"layout": "${layout}"`]),
    ...(fixed.width === size.width && fixed.height === size.height
      ? []
      : [`"size": { "width": ${fixed.width}, "height": ${fixed.height} }`]),
    ...(batch === null || batch === (input.batch ?? batch) ? [] : [`"batch": ${batch}`]),
  ];
  return changes.length === 0 ? '' : `, in its input ${changes.join(', ')}, or export it anew for what the spec says`;
}

/** Three channels say where they are. */
function layoutOf([first, , last]: TensorInfo['shape']): InputSpec['layout'] | null {
  if (first === 3 && last !== 3) return 'nchw';
  return last === 3 && first !== 3 ? 'nhwc' : null;
}

/** Holds the outputs that a head reads against those of the model in memory.
 * @param where the function that was called, for messages.
 * @throws QualmError `spec-invalid` that names both sides.
 */
export function assertOutputs(
  where: string,
  spec: ModelSpec,
  wanted: readonly string[],
  { outputs }: BackendModel,
): void {
  const missing = wanted.filter((name) => !outputs.some((output) => output.name === name));
  if (missing.length === 0) return;
  throw invalid(where, spec, `head.outputs needs ${missing.map((name) => `"${name}"`).join(', ')}`, outputs, 'output');
}

function invalid(
  where: string,
  spec: Pick<ModelSpec, 'name'>,
  came: string,
  has: readonly TensorInfo[],
  kind: string,
  changes = '',
): QualmError {
  const list = has.map(({ name, dtype, shape }) => `"${name}" ${dtype} [${shape.map((size) => size ?? '*')}]`);
  return new QualmError(
    'spec-invalid',
    `${where}: spec "${spec.name}": ${came}, the model has ${kind}${has.length === 1 ? '' : 's'} ${list.join(', ')}; ` +
      `make the spec say what the model has${changes}`,
  );
}
