import { createTensor, QualmError } from '@qualm/types';
import type { ImageGeometry, Prediction, ReportProblem, RowError, Tensor, TensorMap } from '@qualm/types';
import type { LoadedModel } from './image-model.ts';
import type { IndexedRecord } from './image-records.ts';
import { toRowError } from './row-error.ts';
import { createTensorBin } from './tensor-bin.ts';

/** Decode, run, head: the rows of one batch of images. */
export type BatchPredictor<T extends object> = (
  batch: readonly IndexedRecord[],
  signal: AbortSignal,
) => Promise<Prediction<T>[]>;

/** Raw outputs to something of each image: a `Head`, or what reads other outputs than boxes. */
export interface RowDecoder<T extends object> {
  readonly decode: (outputs: TensorMap, geometries: readonly ImageGeometry[], report?: ReportProblem) => readonly T[];
}

/** What of a model predicts. */
export interface BatchModel<T extends object> extends Pick<
  LoadedModel,
  'preprocessor' | 'inputName' | 'batch' | 'device' | 'run'
> {
  readonly head: RowDecoder<T>;
}

type Filled = ImageGeometry | RowError;

/** What the head made of an image, or why it could not. */
type Decoded<T> = { readonly rows: T; readonly warning: RowError | null } | RowError;

/** A predictor over a pool of batch tensors, as many as are ever in use at once. An image that
 * cannot be decoded, and a batch that the model cannot run, become rows with an error; only an
 * abort and a dead backend are thrown.
 */
export function createBatchPredictor<T extends object>(model: BatchModel<T>, batchSize: number): BatchPredictor<T> {
  const idle: Tensor[] = [];
  const free = createTensorBin();
  return async (batch, signal) => {
    const tensor = idle.pop() ?? model.preprocessor.allocate(batchSize);
    try {
      const filled = await Promise.all(batch.map((item, row) => fill(model, item, tensor, row, signal)));
      signal.throwIfAborted();
      const outputs = await decode(model, tensor, filled, free, signal);
      return batch.map((item, row) => prediction(item, filled[row]!, outputs[row]!));
    } finally {
      idle.push(tensor);
    }
  };
}

async function fill(
  { preprocessor }: Pick<LoadedModel, 'preprocessor'>,
  { record, bytes }: IndexedRecord,
  tensor: Tensor,
  row: number,
  signal: AbortSignal,
): Promise<Filled> {
  if (record.error) return record.error;
  try {
    return await preprocessor.fill(record.image, tensor, row, { signal, ...(bytes && { bytes }) });
  } catch (error) {
    return toRowError(error, 'image-invalid');
  }
}

/** Where a new shape takes the runtime long to prepare. */
const preparesShapes: ReadonlySet<string> = new Set(['cuda', 'tensorrt', 'webgpu', 'coreml', 'dml']);

/** What the head says of each row of the batch; rows that could not be filled are run along and
 * mean nothing. So are the rows that the last batch lacks on CUDA, where cuDNN tries all its
 * convolutions again for every new shape: 5 to 10 s on an H100, a thousand times as long as the
 * run.
 */
async function decode<T extends object>(
  model: BatchModel<T>,
  tensor: Tensor,
  filled: readonly Filled[],
  free: (outputs: TensorMap) => void,
  signal: AbortSignal,
): Promise<readonly Decoded<T>[]> {
  const { head, inputName, batch, device } = model;
  const some = filled.find(isGeometry);
  if (!some) return filled as readonly RowError[];
  try {
    const input = batch === null && !preparesShapes.has(device) ? firstRows(tensor, filled.length) : tensor;
    const outputs = await model.run({ [inputName]: input }, { signal });
    const geometries = filled.map((geometry) => (isGeometry(geometry) ? geometry : some));
    const problems = new Map<number, RowError>();
    const fatal = new Set<number>();
    const rows = head.decode(outputs, geometries, (image, { message, isFatal }) => {
      problems.set(image, { code: 'output-invalid', message });
      if (isFatal) fatal.add(image);
    });
    free(outputs);
    return rows.map((own, image) =>
      fatal.has(image) ? problems.get(image)! : { rows: own, warning: problems.get(image) ?? null },
    );
  } catch (error) {
    if (signal.aborted || QualmError.is(error, 'backend-unavailable')) throw error;
    const failed = failedRun(error, filled.length);
    return filled.map(() => failed);
  }
}

/** A run of several images may fail where one would not. */
function failedRun(error: unknown, count: number): RowError {
  const { code, message } = toRowError(error, 'predict-failed');
  if (code !== 'predict-failed' || count === 1) return { code, message };
  return { code, message: `${message}; it was a run of ${count} images: try one, the batch that exports often fix` };
}

function firstRows({ dtype, shape, data }: Tensor, count: number): Tensor {
  const [rows = 1, ...rest] = shape;
  if (rows === count) return { dtype, shape, data };
  return createTensor(dtype, [count, ...rest], data.subarray(0, (data.length / rows) * count) as typeof data);
}

function prediction<T extends object>(
  { index, record: { image_id, image } }: IndexedRecord,
  filled: Filled,
  output: Decoded<T>,
): Prediction<T> {
  if (!isGeometry(filled)) return { index, image_id, image, size: null, detections: null, error: filled };
  if ('code' in output) return { index, image_id, image, size: null, detections: null, error: output };
  return {
    index,
    image_id,
    image,
    size: filled.original,
    detections: output.rows,
    error: null,
    ...(output.warning && { warning: output.warning }),
  };
}

function isGeometry(filled: Filled): filled is ImageGeometry {
  return 'original' in filled;
}
