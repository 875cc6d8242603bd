import { ClassScores, Detections, Image } from '@qualm/types';
import type { OutputForm, Label, Prediction } from '@qualm/types';

export const labels: Label[] = [
  { id: 1, name: 'person' },
  { id: 3, name: 'voiture « é »' },
  { id: 7, name: 'train' },
];

/** Predictions that depend on `index` alone: broken images, images without detections, images as
 * bytes, all in turn.
 */
export function examplePrediction(form: OutputForm, index: number, numClasses = 3): Prediction {
  const base = { index, image_id: `image ${index}.jpg`, image: exampleImage(index) };
  if (index % 11 === 7) {
    return { ...base, size: null, detections: null, error: { code: 'image-invalid', message: `broken "${index}"\n` } };
  }
  const count = index % 5;
  return {
    ...base,
    size: { width: 640 + index, height: 480 },
    detections: form === 'detections' ? detections(index, count) : classScores(index, count, numClasses),
    error: null,
  };
}

function exampleImage(index: number): Image {
  return index % 13 === 12 ? Image.fromBytes(Uint8Array.of(index)) : Image.fromUri(`file:///images/a%20${index}.jpg`);
}

function boxes(index: number, count: number): Float32Array {
  return Float32Array.from({ length: 4 * count }, (_, i) => index / 8 + i * 10.1);
}

function detections(index: number, count: number): Detections {
  return new Detections(
    boxes(index, count),
    Float32Array.from({ length: count }, (_, i) => 1 / (index + i + 1)),
    Int32Array.from({ length: count }, (_, i) => [1, 3, 7, 9][(index + i) % 4]!),
  );
}

function classScores(index: number, count: number, numClasses: number): ClassScores {
  return new ClassScores(
    boxes(index, count),
    Float32Array.from({ length: count * numClasses }, (_, i) => 1 / (index + i + 1)),
    Int32Array.from({ length: count * numClasses }, (_, i) => [7, 1, 3][i % 3]!),
    numClasses,
  );
}
