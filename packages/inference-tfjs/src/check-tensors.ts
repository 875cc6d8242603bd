import { assertOptions, QualmError, tensorSize, type Tensor, type TensorInfo, type TensorMap } from '@qualm/types';

/** Checks names, element types, shapes and sizes of what a model is given.
 * @throws QualmError `shape-mismatch`, saying which input, what came and what is wanted.
 */
export function checkInputs(inputs: TensorMap, wanted: readonly TensorInfo[]): void {
  assertOptions('run', inputs, "{ x: createTensor('float32', [1, 3]) }", 'its inputs');
  const names = wanted.map(({ name }) => name);
  const stranger = Object.keys(inputs).find((name) => !names.includes(name));
  if (stranger !== undefined) mismatch(`the model has no input "${stranger}"; its inputs are ${quoted(names)}`);
  for (const info of wanted) checkInput(inputs[info.name], info);
}

function checkInput(tensor: Tensor | undefined, { name, dtype, shape }: TensorInfo): void {
  const want = `${dtype} [${shape.map((dimension) => dimension ?? '*').join(',')}]`;
  if (tensor == null) return mismatch(`input "${name}" is missing; the model needs ${want}`);
  if (!Array.isArray(tensor.shape) || !ArrayBuffer.isView(tensor.data))
    return mismatch(`input "${name}" is not a tensor; the model needs ${want}: createTensor(dtype, shape, data)`);
  const fits =
    tensor.dtype === dtype &&
    tensor.shape.length === shape.length &&
    shape.every((dimension, axis) => dimension === null || dimension === tensor.shape[axis]);
  if (!fits) {
    mismatch(`input "${name}" is ${tensor.dtype} [${tensor.shape}], the model needs ${want}; check the spec's input`);
  }
  if (tensor.data.length !== tensorSize(tensor.shape)) {
    mismatch(
      `input "${name}" has ${tensor.data.length} numbers, its shape [${tensor.shape}] needs ${tensorSize(tensor.shape)}`,
    );
  }
}

/** Names for a message: each in quotes, with commas. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function mismatch(message: string): never {
  throw new QualmError('shape-mismatch', `run: ${message}`);
}
