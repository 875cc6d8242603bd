import type { ImageGeometry } from './geometry.ts';
import type { HeadForm, HeadOutput } from './detections.ts';
import type { TensorMap } from './tensor.ts';

/** What the caller of a head may choose for one run, over what the model's spec says. */
export interface HeadOptions {
  /** Detections or scored boxes below this are left out, after suppression. */
  readonly minScore?: number;
  /** Class scores kept of each box, from the largest; all of them when absent. Plain detections ignore it. */
  readonly topK?: number;
}

/** Raw outputs to detections: pure, and the same on every backend. */
export interface Head<Form extends HeadForm = HeadForm> {
  readonly form: Form;
  /** Names of the raw outputs that it reads. */
  readonly outputs: readonly string[];
  /** One result for each image of the batch, boxes in pixels of the original image and clipped to it. Results share no memory
   * with the outputs, which are freed or overwritten as soon as it has returned.
   * @param geometries one for each image; outputs of further batch rows (padding) are ignored.
   * @throws QualmError `shape-mismatch` when an output is missing or has a shape that the head cannot read.
   */
  decode(outputs: TensorMap, geometries: readonly ImageGeometry[]): HeadOutput[Form][];
}
