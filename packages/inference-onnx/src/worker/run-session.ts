import { QualmError, tensorStorage } from '@qualm/types';
import type { DType, Session, Tensor, TensorInfo, TensorStorage } from '@qualm/types';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import type { OnnxRuntime } from './load-runtime.ts';

/** A function that runs the session.
 *
 * onnxruntime-node 1.29 refuses shared memory ("Invalid argument") for inputs, so that such inputs
 * are copied here into buffers that are used again: 0.13 ms for the 2 MB of a 416x416 image, of the
 * 24 ms that YOLOX-nano takes. Its outputs are ordinary ArrayBuffers, each its own, and can be
 * transferred: copying 1.2 MB instead cost 0.6 ms.
 */
export function createRunner(
  ort: OnnxRuntime,
  session: InferenceSession,
  known: readonly TensorInfo[],
): Session['run'] {
  const staging = new Map<string, TensorStorage[DType]>();
  const own = (name: string, { dtype, data }: Tensor): TensorStorage[DType] => {
    if (!(data.buffer instanceof SharedArrayBuffer)) return data;
    const kept = staging.get(name);
    const copy = kept?.length === data.length ? kept : new tensorStorage[dtype](data.length);
    copy.set(data as never);
    staging.set(name, copy);
    return copy;
  };
  return async (inputs, outputs) => {
    assertOutputs(outputs, known);
    if (outputs.length === 0) return {};
    const feeds = Object.entries(inputs).map(([name, tensor]) => {
      const feed = new ort.Tensor(tensor.dtype, own(name, tensor) as never, tensor.shape) as OnnxTensor;
      return [name, feed] as const;
    });
    const results = Object.entries(await session.run(Object.fromEntries(feeds), outputs));
    return Object.fromEntries(results.map(([name, result]) => [name, toTensor(result)]));
  };
}

function assertOutputs(names: readonly string[], known: readonly TensorInfo[]): void {
  const strange = names.find((name) => !known.some((info) => info.name === name));
  if (strange === undefined) return;
  const own = known.map(({ name }) => `"${name}"`).join(', ');
  const message = `run: output "${strange}" was asked for, the model has ${own}; check the output names of ModelSpec`;
  throw new QualmError('shape-mismatch', message);
}

function toTensor({ type, dims, data }: OnnxTensor): Tensor {
  return { dtype: type as DType, shape: dims, data: data as TensorStorage[DType] };
}
