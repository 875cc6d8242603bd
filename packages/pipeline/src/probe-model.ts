import { QualmError } from '@qualm/types';
import type { ImageGeometry } from '@qualm/types';
import type { ImageModel } from './image-model.ts';

/** Runs a model once on an empty image and reads the result, which also warms it up.
 * @throws QualmError `spec-invalid` when the head cannot read what came: labels or sizes that are
 * not the model's, numbers that are not scores.
 */
export async function probeModel(model: ImageModel, signal: AbortSignal | undefined): Promise<void> {
  const { spec, batch, preprocessor, inputName, head } = model;
  const { size } = spec.input;
  const geometry: ImageGeometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  try {
    const outputs = await model.run({ [inputName]: preprocessor.allocate(batch ?? 1) }, signal && { signal });
    head.decode(outputs, [geometry], (_image, { message, isFatal, isOfSpec }) => {
      if (isFatal && isOfSpec) throw new QualmError('output-invalid', message);
    });
  } catch (cause) {
    if (!QualmError.is(cause, 'shape-mismatch') && !QualmError.is(cause, 'output-invalid')) throw cause;
    const message = `loadModel: spec "${spec.name}" does not fit its model: ${cause.message}`;
    throw new QualmError('spec-invalid', message, { cause });
  }
}
