/** The version of the lines that a worker reads and writes: the `v` of each answer. */
export const workerVersion = 1;

/** One line to a worker: an image, named or whole. One of `image` and `bytes` is there. */
export interface WorkerRequest {
  /** Comes back in the answer as it is. */
  readonly id: string;
  /** A path, seen from where the worker runs, or a URI. */
  readonly image?: string;
  /** An encoded image (JPEG, PNG, WebP), in base64. */
  readonly bytes?: string;
}

/** One line of a worker: what was found in an image, or what is wrong with it. */
export interface WorkerAnswer {
  /** `workerVersion`. */
  readonly v: number;
  /** The worker's fingerprint: a hash of its version, its model and what it was told to do with it,
   * the same in all answers of one job.
   */
  readonly worker: string;
  /** The request's. */
  readonly id: string;
  /** The request's, or null where it had bytes. */
  readonly image: string | null;
  /** Pixels of the image as it is shown, or null where it could not be opened. */
  readonly width: number | null;
  readonly height: number | null;
  /** Rows as `toJSON` of detections or class scores gives them; null beside an error. */
  readonly detections: readonly unknown[] | null;
  /** What strategies say of the image, by their names; null where none was asked for, or beside an
   * error.
   */
  readonly measures: Readonly<Record<string, number | null>> | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** What was wrong with the model's numbers, where the rest of them could be used; absent where
   * nothing was.
   */
  readonly warning?: { readonly code: string; readonly message: string };
}
