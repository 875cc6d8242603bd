import type { Box2d } from './box2d.ts';
import type { ClassScores, Detections } from './detections.ts';
import type { Image } from './image.ts';
import type { Size } from './geometry.ts';
import type { QualmErrorCode } from './qualm-error.ts';

/** One image of a dataset. */
export interface ImageRecord {
  readonly image_id: string | number;
  readonly image: Image;
  /** Why the image must not be opened, where that is known before: a path that leaves its folder,
   * say.
   */
  readonly error?: RowError;
}

/** Images that are all known, always in the same order. `fingerprint` changes when the list of
 * images does.
 */
export interface ImageList extends Iterable<ImageRecord> {
  readonly length: number;
  readonly fingerprint: string;
}

/** Images that come one by one, and once: nobody knows how many, or which, before the last one has
 * come.
 */
export interface ImageStream extends AsyncIterable<ImageRecord> {
  readonly length: null;
  readonly fingerprint: null;
}

/** Where images come from. */
export type ImageSource = ImageList | ImageStream;

/** The error of one image, as a value. */
export interface RowError {
  readonly code: QualmErrorCode;
  readonly message: string;
}

/** What a model says of one image. A broken image has an `error`, no `size` and no detections. */
export interface Prediction<T extends object = Detections | ClassScores> {
  /** Position in the input, from 0. */
  readonly index: number;
  readonly image_id: string | number;
  readonly image: Image;
  readonly size: Size | null;
  readonly detections: T | null;
  readonly error: RowError | null;
  /** What was wrong with the model's numbers, where the rest of them could be used. */
  readonly warning?: RowError | null;
}

/** The vector of one image, or of one of its boxes; null where the image is broken, which `error`
 * says. */
export interface Embedding extends Omit<Prediction, 'detections' | 'warning'> {
  /** Which of the boxes that are stored of the image, from 0; absent of a whole image. */
  readonly box_index?: number;
  /** Where that box is, in pixels of the image; absent of a whole image, and where nobody says. */
  readonly box?: Pick<Box2d, 'xmin' | 'ymin' | 'xmax' | 'ymax'>;
  /** [dimensions] */
  readonly embedding: Float32Array | null;
}

/** Where predictions go. Rows arrive in input order, one at a time. */
export interface PredictionSink {
  /** How many rows are stored for good; the first ones, unless `isStored` says which. */
  readonly stored: number;
  /** True for the position of a row that was stored when the sink was opened, and is not to be
   * written again. Rows come for all other positions, in their order. */
  isStored?(index: number): boolean;
  /** The id of the image whose row stood at a position when the sink was opened, where that is
   * known: of a stream it is all that says whether its images are those of the run before. */
  storedId?(index: number): string | number | undefined;
  /** @throws QualmError `io` when the row cannot be stored; what was stored before stays readable.
   */
  write(row: Prediction): Promise<void>;
  /** Stores what is left and marks the set complete. */
  close(): Promise<void>;
  /** Lets go: what was written is stored where that can be done at once, and a later run resumes.
   */
  abort(): Promise<void>;
}

/** Where vectors go, under the rules of `PredictionSink`. */
export interface EmbeddingSink extends Omit<PredictionSink, 'write'> {
  /** @throws QualmError `io` when the row cannot be stored. */
  write(row: Embedding): Promise<void>;
}
