import { predictStream } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import { maskUri, QualmError } from '@qualm/types';
import type { ClassScores, Detections, OpenUri, Prediction } from '@qualm/types';
import { imageKey } from '../engine/image-key.ts';
import type { ImageRows } from '../engine/image-rows.ts';
import type { PredictAnswer } from '../protocol.ts';
import type { FollowingImages } from './image-sources.ts';
import { createImagesAhead } from './images-ahead.ts';
import type { ImagesAhead } from './images-ahead.ts';
import type { LoadedModel } from './models.ts';

/** Told of each image: null, or why it failed. */
export type OnImage = (error: string | null) => void;

/** Predicts images for DuckDB's thread. */
export interface ImagePredictor {
  /** The rows of some images, in their order. While DuckDB works on them, the model begins with
   * those that follow.
   * @throws QualmError `aborted`; with `fail` the error of the first image that failed. */
  predict(model: LoadedModel, images: readonly (string | Uint8Array)[], request: PredictImages): Promise<PredictAnswer>;
  /** Ends what is predicted ahead: the statement is over, or the model is dropped. */
  stop(): Promise<void>;
}

export interface PredictImages {
  readonly onError: 'null' | 'fail';
  readonly signal: AbortSignal;
  readonly onImage: OnImage;
  /** What the query will ask for next, where that is known. */
  readonly following: FollowingImages | null;
}

interface Run {
  readonly model: ImageModel;
  readonly images: ImagesAhead;
  readonly batchSize: number;
  readonly rows: AsyncGenerator<Prediction, void>;
}

/** @param open opens images of other machines */
export function createImagePredictor(open?: OpenUri): ImagePredictor {
  const runs = new Map<ImageModel, Run>();
  /** Models whose images came in another order than was thought: of them nothing is begun ahead. */
  const unordered = new Set<ImageModel>();
  const end = async (run: Run | undefined): Promise<void> => {
    if (!run) return;
    if (runs.get(run.model) === run) runs.delete(run.model);
    await run.rows.return();
  };
  const runOf = async (
    loaded: LoadedModel,
    images: readonly (string | Uint8Array)[],
    { following, signal }: PredictImages,
  ): Promise<Run> => {
    const { model } = loaded;
    const begun = runs.get(model);
    if (begun?.images.continuesWith(images)) return begun;
    if (begun) unordered.add(model);
    await end(begun);
    const run = start(loaded, images, unordered.has(model) ? null : following, signal, open);
    runs.set(model, run);
    return run;
  };
  return {
    async stop() {
      unordered.clear();
      await Promise.all([...runs.values()].map(end));
    },
    async predict(loaded, images, request) {
      const run = await runOf(loaded, images, request);
      try {
        run.images.ask(images.length, Math.max(2 * run.model.concurrency * run.batchSize, images.length >> 3));
        const rows = await nextRows(run.rows, images.length, request);
        if (run.images.areAllAsked) await end(run);
        return rows;
      } catch (error) {
        await end(run);
        throw error;
      }
    },
  };
}

async function nextRows(rows: Run['rows'], count: number, { onError, onImage }: PredictImages): Promise<PredictAnswer> {
  const found: (ImageRows | null)[] = [];
  while (found.length < count) {
    const { value: row } = await rows.next();
    if (!row) throw new QualmError('query-failed', 'ML_PREDICT: the model gave fewer rows than images');
    if (row.error && onError === 'fail') throw failed(row);
    onImage(row.error ? row.error.message : null);
    found.push(ownRows(row.detections));
  }
  return found;
}

function start(
  { model, batchSize }: LoadedModel,
  images: readonly (string | Uint8Array)[],
  following: FollowingImages | null,
  signal: AbortSignal,
  open: OpenUri | undefined,
): Run {
  const perSession = Math.max(1, Math.ceil(images.length / model.concurrency));
  const size = model.batch ?? Math.min(batchSize ?? 1, perSession);
  const ahead = createImagesAhead(images, following, (image) => imageKey(image, ''));
  const options = { signal, batchSize: size, ...(open && { open }) };
  return { model, batchSize: size, images: ahead, rows: predictStream(ahead, model, options) };
}

function failed({ error, image }: Prediction): QualmError {
  const { code, message } = error!;
  return new QualmError(
    code,
    `ML_PREDICT: ${image.uri === null ? 'an image of bytes' : maskUri(image.uri)}: ${message}`,
  );
}

/** Rows whose buffers are theirs alone, so that they can go to the other thread as they are. */
function ownRows(found: Detections | ClassScores | null): ImageRows | null {
  if (!found) return null;
  const { boxes, scores, labelIds } = found;
  const numClasses = found.form === 'class_scores' ? found.numClasses : 0;
  const shapes = found.shapes?.gather(Uint32Array.from({ length: found.length }, (_, row) => row));
  return {
    ...{ boxes: own(boxes), scores: own(scores), labelIds: own(labelIds), numClasses },
    ...(shapes && { shapes }),
  };
}

function own<T extends Float32Array | Int32Array>(values: T): T {
  return values.buffer instanceof ArrayBuffer && values.byteLength === values.buffer.byteLength
    ? values
    : (values.slice() as T);
}
