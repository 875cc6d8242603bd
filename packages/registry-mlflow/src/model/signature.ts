import { QualmError } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';

/** A tensor of a signature. `null` in a shape is any size. */
export interface SignatureTensor {
  /** Empty where the signature names none, as `infer_signature` of an array does: such tensors
   * match by position.
   */
  readonly name: string;
  /** As NumPy names it: `float32`. */
  readonly dtype: string;
  readonly shape: readonly (number | null)[];
}

/** What a model takes and gives, as MLflow writes it down. */
export interface Signature {
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
}

/** The signature of an MLmodel; null where it has none, or one that is not of tensors. */
export function readSignature(value: unknown, where: string): Signature | null {
  if (typeof value !== 'object' || value === null) return null;
  const { inputs, outputs } = value as { inputs?: unknown; outputs?: unknown };
  const read = { inputs: readTensors(inputs, where), outputs: readTensors(outputs, where) };
  return read.inputs.length + read.outputs.length > 0 ? read : null;
}

function readTensors(value: unknown, where: string): SignatureTensor[] {
  if (typeof value !== 'string') return [];
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch (cause) {
    throw new QualmError('registry-invalid', `${where}: the signature is not valid JSON`, { cause });
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const { name, 'tensor-spec': spec } = (entry ?? {}) as { name?: unknown; 'tensor-spec'?: unknown };
    const { dtype, shape } = (spec ?? {}) as { dtype?: unknown; shape?: unknown };
    if (typeof dtype !== 'string' || !Array.isArray(shape)) return [];
    const sizes = shape.map((size: unknown) => (typeof size === 'number' && size >= 0 ? size : null));
    return [{ name: typeof name === 'string' ? name : '', dtype, shape: sizes }];
  });
}

/** The form of a signature in an MLmodel: JSON texts, -1 for any size. */
export function writeSignature({ inputs, outputs }: Signature): { inputs: string; outputs: string; params: null } {
  const write = (tensors: readonly SignatureTensor[]): string =>
    JSON.stringify(
      tensors.map(({ name, dtype, shape }) => ({
        ...(name !== '' && { name }),
        type: 'tensor',
        'tensor-spec': { dtype, shape: shape.map((size) => size ?? -1) },
      })),
    );
  return { inputs: write(inputs), outputs: write(outputs), params: null };
}

/** Holds a signature against a spec: the input's name, dtype and shape. Where a signature names no
 * input, its first is meant, since MLflow then matches by position.
 * @see https://mlflow.org/docs/latest/ml/model/signatures (Name-based and position-based matching)
 * @throws QualmError `spec-invalid` that says both sides.
 */
export function assertSignatureFits(signature: Signature, { name, input }: ModelSpec): void {
  const { inputs } = signature;
  if (inputs.length === 0) return;
  const byPosition = inputs.every((tensor) => tensor.name === '');
  const found =
    byPosition || input.name === undefined ? inputs[0] : inputs.find((tensor) => tensor.name === input.name);
  const names = inputs.map((tensor) => `"${tensor.name}"`).join(', ');
  const fault = (says: string, wants: string): QualmError =>
    new QualmError(
      'spec-invalid',
      `model "${name}": its signature says ${says}, its spec ${wants}; correct the one that is wrong`,
    );
  if (!found || (!byPosition && input.name === undefined && inputs.length > 1))
    throw fault(`inputs ${names}`, input.name === undefined ? 'names none (input.name)' : `input "${input.name}"`);
  const called = found.name === '' ? 'its input, which has no name,' : `"${found.name}"`;
  if (found.dtype !== input.dtype) throw fault(`${called} is ${found.dtype}`, `input.dtype ${input.dtype}`);
  const { width, height } = input.size;
  const batch = input.batch ?? null;
  const wanted = input.layout === 'nchw' ? [batch, 3, height, width] : [batch, height, width, 3];
  const fits =
    found.shape.length === 4 &&
    wanted.every((size, at) => size === null || found.shape[at] === null || found.shape[at] === size);
  if (fits) return;
  const shape = (sizes: readonly (number | null | undefined)[]): string =>
    `[${sizes.map((size) => size ?? '?').join(', ')}]`;
  throw fault(`${called} is ${shape(found.shape)}`, `${shape(wanted)} (${input.layout}, input.size)`);
}
