import type { ImageGeometry } from './geometry.ts';
import type { Heads } from './head-definition.ts';
import type { OutputForm, HeadOutput } from './detections.ts';
import type { RowMeaning } from './score-kind.ts';
import type { TensorMap } from './tensor.ts';

/** What the caller of a head may choose for one run, over what the model's spec says. */
export interface HeadOptions {
  /** Detections or scored boxes below this are left out, after suppression. Classifiers ignore it:
   * every image has its row.
   */
  readonly minScore?: number;
  /** Class scores kept of each box, from the largest; all of them when absent. Plain detections
   * ignore it.
   */
  readonly topK?: number;
}

/** What `createHead` takes. */
export interface CreateHeadOptions extends HeadOptions {
  /** The heads that a spec may name, in the place of those that there are without:
   * `{ ...heads, mine }`.
   */
  readonly heads?: Heads;
}

/** Numbers of a raw output that cannot be what the spec says they are: NaN, infinities, logits
 * where scores were promised.
 */
export interface OutputProblem {
  readonly message: string;
  /** Whether nothing of the image can be used; otherwise what is wrong was left out. */
  readonly isFatal: boolean;
  /** Whether it is the spec that is wrong, so that every image will have it. */
  readonly isOfSpec: boolean;
}

/** Told of a problem with the outputs of one image of a batch. */
export type ReportProblem = (image: number, problem: OutputProblem) => void;

/** Raw outputs to one vector for each image: pure, and the same on every backend. */
export interface VectorHead {
  /** Names of the raw outputs that it reads. */
  readonly outputs: readonly string[];
  /** One vector for each image of the batch, which shares no memory with the outputs.
   * @param geometries one for each image; outputs of further batch rows (padding) are ignored.
   * @param report is told of an image whose vector has NaN or an infinity, once at most for each.
   * @throws QualmError `shape-mismatch` when an output is missing or cannot be a vector.
   */
  decode(outputs: TensorMap, geometries: readonly ImageGeometry[], report?: ReportProblem): Float32Array[];
}

/** Raw outputs to detections: pure, and the same on every backend. */
export interface Head<Form extends OutputForm = OutputForm> extends RowMeaning {
  readonly form: Form;
  /** Names of the raw outputs that it reads. */
  readonly outputs: readonly string[];
  /** One result for each image of the batch, boxes in pixels of the original image and clipped to
   * it. Results share no memory with the outputs, which are freed or overwritten as soon as it has
   * returned.
   * @param geometries one for each image; outputs of further batch rows (padding) are ignored.
   * @param report is told what is wrong with the numbers of an image, once at most for each.
   * @throws QualmError `shape-mismatch` when an output is missing or has a shape that the head
   * cannot read.
   */
  decode(outputs: TensorMap, geometries: readonly ImageGeometry[], report?: ReportProblem): HeadOutput[Form][];
}
