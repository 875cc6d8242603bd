import { QualmError } from '@qualm/types';
import type { ImageGeometry, ReportProblem, Tensor } from '@qualm/types';
import type { BatchModel } from './batch-predictor.ts';
import type { LoadedModel } from './image-model.ts';

/** A model that can be run on an empty image. */
type Probed<T extends object> = BatchModel<T> & Pick<LoadedModel, 'spec' | 'labelsFrom' | 'dispose'>;

/** Runs a model once on an empty image and reads the result, which also warms it up. A model that
 * its head cannot read is disposed of.
 * @param where the function that was called, for messages.
 * @returns what the head makes of the empty image.
 * @throws QualmError `spec-invalid` when the head cannot read what came: labels or sizes that are
 * not the model's, numbers that are not scores; `predict-failed` when the run fails, as it does
 * where the export fixed a size that the model does not declare.
 */
export async function probeModel<T extends object>(
  where: string,
  model: Probed<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { spec, labelsFrom } = model;
  try {
    return await runOnEmpty(model, signal, (_image, { message, isFatal, isOfSpec }) => {
      if (isFatal && isOfSpec) throw new QualmError('output-invalid', message);
    });
  } catch (cause) {
    await model.dispose();
    if (QualmError.is(cause, 'predict-failed')) throw failedRun(where, model, cause);
    if (!QualmError.is(cause, 'shape-mismatch') && !QualmError.is(cause, 'output-invalid')) throw cause;
    const its = labelsFrom === undefined ? '' : `, with the labels of ${labelsFrom},`;
    const message = `${where}: spec "${spec.name}"${its} does not fit its model: ${cause.message}`;
    throw new QualmError('spec-invalid', message, { cause });
  }
}

/** What the head makes of an empty image.
 * @throws QualmError what the model and the head throw.
 */
export async function runOnEmpty<T extends object>(
  model: Probed<T>,
  signal?: AbortSignal,
  report?: ReportProblem,
): Promise<T> {
  const { spec, inputName, head } = model;
  const { size } = spec.input;
  const geometry: ImageGeometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const outputs = await model.run({ [inputName]: emptyOf(model) }, signal && { signal });
  return head.decode(outputs, [geometry], report)[0]!;
}

function emptyOf({ preprocessor, batch }: Pick<Probed<object>, 'preprocessor' | 'batch'>): Tensor {
  return preprocessor.allocate(batch ?? 1);
}

function failedRun(where: string, model: Probed<object>, cause: QualmError): QualmError {
  const { dtype, shape } = emptyOf(model);
  const message =
    `${where}: spec "${model.spec.name}": a run on an empty image, ${dtype} [${shape}], failed: ${cause.message}; ` +
    'where the export fixed another size or batch, say it in input.size or input.batch, or export it anew';
  return new QualmError('predict-failed', message, { cause });
}
