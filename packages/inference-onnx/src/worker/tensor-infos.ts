import { QualmError, tensorStorage } from '@qualm/types';
import type { DType, TensorInfo } from '@qualm/types';
import type { InferenceSession } from 'onnxruntime-node';

/** What the runtime says of its inputs or outputs, in qualm's words.
 * @throws QualmError `unsupported` for a sequence, a map, or a dtype that has no storage.
 */
export function tensorInfos(
  model: string,
  kind: 'input' | 'output',
  metadata: readonly InferenceSession.ValueMetadata[],
): TensorInfo[] {
  const refuse = (name: string, what: string): QualmError =>
    new QualmError(
      'unsupported',
      `load: ${kind} "${name}" of "${model}" is ${what}, expected a tensor of numbers; export the model without it`,
    );
  return metadata.map((value) => {
    const { name } = value;
    if (!value.isTensor) throw refuse(name, 'a sequence or a map');
    if (!isDType(value.type)) throw refuse(name, `a tensor of ${value.type}`);
    return { name, dtype: value.type, shape: value.shape.map((size) => (typeof size === 'number' ? size : null)) };
  });
}

function isDType(type: string): type is DType {
  return Object.hasOwn(tensorStorage, type);
}
