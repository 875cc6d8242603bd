import { assertArray, assertOptions, QualmError, tensorSize, tensorStorage } from '@qualm/types';
import type { Tensor, TensorInfo, TensorMap } from '@qualm/types';

/** @throws QualmError `shape-mismatch` unless a model can take these inputs. Outputs are its
 * session's to know: a TF.js graph has more than it says. */
export function checkRun(known: readonly TensorInfo[], inputs: TensorMap, outputs: readonly string[]): void {
  assertOptions('run', inputs, "{ images: createTensor('float32', [1, 3, 416, 416]) }", 'its inputs');
  assertArray('run', 'outputs', outputs, "an array of names, such as ['boxes']");
  checkNames(Object.keys(inputs), known);
  for (const info of known) checkTensor(inputs[info.name], info);
}

function checkNames(names: readonly string[], known: readonly TensorInfo[]): void {
  const strange = names.find((name) => !known.some((info) => info.name === name));
  if (strange === undefined) return;
  const wanted = known.map(({ name }) => `"${name}"`).join(', ');
  throw mismatch(`input "${strange}" came, the model has ${wanted}; check the input names of ModelSpec`);
}

function checkTensor(tensor: Tensor | undefined, info: TensorInfo): void {
  const wanted = `${info.dtype} ${shapeText(info.shape)}`;
  if (tensor == null) throw mismatch(`input "${info.name}" is missing, the model needs it as ${wanted}`);
  const { dtype, shape, data } = tensor;
  if (!Array.isArray(shape) || !ArrayBuffer.isView(data))
    throw mismatch(`input "${info.name}" is not a tensor; the model needs ${wanted}: createTensor(dtype, shape, data)`);
  if (dtype !== info.dtype || !fits(shape, info.shape)) {
    throw mismatch(`input "${info.name}" is ${dtype} [${shape}], the model needs ${wanted}; check ModelSpec.input`);
  }
  const storage = (tensorStorage[dtype] as { readonly name: string }).name;
  if (data.length !== tensorSize(shape) || data[Symbol.toStringTag] !== storage) {
    const came = `${data.length} elements of ${data[Symbol.toStringTag]}`;
    throw mismatch(`input "${info.name}" [${shape}] has ${came}, expected ${tensorSize(shape)} of ${storage}`);
  }
}

function fits(shape: readonly number[], wanted: TensorInfo['shape']): boolean {
  return shape.length === wanted.length && shape.every((size, axis) => size === (wanted[axis] ?? size) && size >= 0);
}

function shapeText(shape: TensorInfo['shape']): string {
  return `[${shape.map((size) => size ?? '*')}]`;
}

function mismatch(message: string): QualmError {
  return new QualmError('shape-mismatch', `run: ${message}`);
}
