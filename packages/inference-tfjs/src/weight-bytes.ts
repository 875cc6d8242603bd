import type { io } from '@tensorflow/tfjs-core';
import { QualmError, tensorSize } from '@qualm/types';

const bytesOf: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  float16: 2,
  uint8: 1,
  uint16: 2,
};

/** Checks that the shards hold exactly the bytes that the manifest's weights need. Text weights
 * have no fixed size, and end the check.
 * @throws QualmError `model-invalid`.
 */
export function assertWeightBytes(
  manifest: io.WeightsManifestConfig,
  shards: readonly { readonly bytes: number }[],
  modelPath: string,
): void {
  const weights = manifest.flatMap((group) => group.weights);
  if (weights.some(({ dtype }) => dtype === 'string')) return;
  const wanted = weights.reduce((sum, weight) => sum + weightBytes(weight, modelPath), 0);
  const found = shards.reduce((sum, { bytes }) => sum + bytes, 0);
  if (wanted !== found) {
    throw new QualmError(
      'model-invalid',
      `${modelPath}: its weights need ${wanted} bytes, the weight files hold ${found}; fetch the model again`,
    );
  }
}

function weightBytes(weight: io.WeightsManifestEntry, modelPath: string): number {
  const dtype = weight.quantization?.dtype ?? weight.dtype;
  const bytes = bytesOf[dtype];
  if (bytes === undefined) {
    throw new QualmError('model-invalid', `${modelPath}: weight "${weight.name}" has the unknown type "${dtype}"`);
  }
  return bytes * tensorSize(weight.shape);
}
