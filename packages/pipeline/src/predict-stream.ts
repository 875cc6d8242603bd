import { assertFunction, assertOptions } from '@qualm/types';
import type { OutputForm, HeadOutput, OpenUri, Prediction } from '@qualm/types';
import { roadOf } from './image-road.ts';
import { createBatchPredictor } from './batch-predictor.ts';
import type { BatchModel } from './batch-predictor.ts';
import { batchesOf, type ImageLike } from './image-records.ts';
import type { ImageModel, LoadedModel } from './image-model.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { createThreadPredictor } from './thread-predictor.ts';
import { assertImageModel, assertImages } from './assert-arguments.ts';
import { readAhead, unopened } from './read-ahead.ts';
import type { HeldBatch } from './read-ahead.ts';
import { defaultRetryDelays, retryingTrouble } from './retry-trouble.ts';

/** How far a run is. */
export interface Progress {
  /** Images that have a row, the failed ones among them. */
  readonly done: number;
  readonly failed: number;
  /** Images in this run; null where that is not known. */
  readonly total: number | null;
}

/** Options of everything that predicts. */
export interface PredictOptions {
  readonly signal?: AbortSignal;
  /** Images in one run of the model; by default what the model needs, or 1. */
  readonly batchSize?: number;
  /** Batches between decoding and result at the same time: those that run, and those that are
   * made ready meanwhile, so that no session waits. By default four more than the model runs at
   * once. */
  readonly inFlight?: number;
  /** Milliseconds before each further attempt at an image whose error is `machine-trouble`: a
   * drive that is gone, no memory, a thread that died. By default three attempts, the last after
   * some seconds; `[]` for none. */
  readonly retryDelays?: readonly number[];
  /** Opens images behind URIs that are neither paths nor `file:` nor `data:`, ahead of the model,
   * such as `createOpener` of `@qualm/remote`. It tries again by itself where that may help. */
  readonly open?: OpenUri;
  /** Images that are being opened at the same time; 64 by default. */
  readonly openAhead?: number;
  /** Bytes that are held of opened images and of those that tell of theirs by `room`; 256 MiB by
   * default. The next image in turn is opened however large it is. */
  readonly openAheadBytes?: number;
  /** Called after each row. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Options of `predictStream`. */
export interface PredictStreamOptions extends PredictOptions {
  /** Rows in the order of the images, which is the default, or each as soon as it is there. */
  readonly order?: 'input' | 'completed';
  /** How many images come, where that is known: the `total` of `onProgress`. */
  readonly total?: number | null;
}

/** A row for each image, while it is decoded and run ahead of you: decoding, model and head overlap
 * under a bounded queue, so memory does not grow with the number of images, and a slow reader slows
 * the rest down. One broken image is a row with an `error`, and so is one whose run failed. Leaving
 * the loop early stops and settles everything.
 * @throws QualmError `aborted` by the signal, `backend-unavailable` when the backend died; what the
 * source throws. RangeError for options out of range.
 * @example for await (const row of predictStream(['a.jpg', 'b.jpg'], model)) console.log(row.detections?.length);
 */
export function predictStream<Form extends OutputForm>(
  images: Iterable<ImageLike> | AsyncIterable<ImageLike>,
  model: ImageModel<Form>,
  options: PredictStreamOptions = {},
): AsyncGenerator<Prediction<HeadOutput[Form]>, void, undefined> {
  assertImages('predictStream', images);
  assertImageModel('predictStream', model);
  assertOptions('predictStream', options, '{ batchSize: 4 }');
  return predictRows(images, model, options, { total: options.total ?? null });
}

/** A model whose head may decode something else than boxes. */
export type RowModel<T extends object> = BatchModel<T> & Pick<LoadedModel, 'concurrency'>;

/** What is known of the images before they come. */
export interface RunPlan {
  readonly isDone?: (index: number) => boolean;
  readonly wasThere?: (index: number) => boolean;
  readonly total?: number | null;
}

/** `predictStream` without the images that are done, and with a known number of images. */
export async function* predictRows<T extends object>(
  images: Iterable<ImageLike> | AsyncIterable<ImageLike>,
  model: RowModel<T>,
  {
    signal,
    order = 'input',
    batchSize = model.batch ?? 1,
    inFlight = model.concurrency + 4,
    retryDelays = defaultRetryDelays,
    open,
    openAhead = 64,
    openAheadBytes = 256 * 2 ** 20,
    onProgress,
  }: PredictStreamOptions,
  { isDone, wasThere, total = null }: RunPlan,
): AsyncGenerator<Prediction<T>, void, undefined> {
  assertPositive('batchSize', batchSize);
  assertPositive('inFlight', inFlight);
  assertPositive('openAhead', openAhead);
  assertPositive('openAheadBytes', openAheadBytes);
  if (open !== undefined) assertFunction('predict', 'open', open, 'a function, such as createOpener({ allow })');
  if (model.batch !== null && batchSize !== model.batch) {
    throw new RangeError(
      `predict: batchSize is ${batchSize}, the model takes ${model.batch} images a run, no other number`,
    );
  }
  const road = roadOf(model);
  const attempt = road ? createThreadPredictor<T>(road, batchSize) : createBatchPredictor(model, batchSize);
  const predictBatch = retryingTrouble(attempt, retryDelays, wasThere);
  const predictHeld = async ({ items, release }: HeldBatch, stop: AbortSignal): Promise<Prediction<T>[]> => {
    try {
      return await predictBatch(items, stop);
    } finally {
      release();
    }
  };
  const batches = batchesOf(images, batchSize, isDone);
  const ahead = open
    ? readAhead(batches, { open, requests: openAhead, bytes: openAheadBytes, batchSize, order })
    : null;
  const limits = { concurrency: inFlight, window: 4 * inFlight, order, signal };
  let done = 0;
  let failed = 0;
  try {
    for await (const rows of mapConcurrently(ahead ?? unopened(batches), predictHeld, limits)) {
      for (const row of rows) {
        done++;
        if (row.error) failed++;
        onProgress?.({ done, failed, total });
        yield row;
      }
    }
  } finally {
    await ahead?.stop();
  }
}

function assertPositive(name: string, value: number): void {
  if (!(Number.isInteger(value) && value > 0)) {
    throw new RangeError(`predict: ${name} is ${value}; expected a whole number from 1`);
  }
}
