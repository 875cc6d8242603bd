import { predictStream } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { ClassScores, Detections, Prediction } from '@qualm/types';
import type { PredictAnswer } from '../protocol.ts';
import type { LoadedModel } from './models.ts';

/** Told of each image: null, or why it failed. */
export type OnImage = (error: string | null) => void;

/** The rows of some images in flat memory, in their order.
 * @throws QualmError `aborted`; with `fail` the error of the first image that failed. */
export async function predictImages(
  { model, batchSize }: LoadedModel,
  images: readonly (string | Uint8Array)[],
  onError: 'null' | 'fail',
  signal: AbortSignal,
  onImage: OnImage,
): Promise<PredictAnswer> {
  const perSession = Math.max(1, Math.ceil(images.length / model.concurrency));
  const size = model.batch ?? Math.min(batchSize ?? 1, perSession);
  const rows: (Detections | ClassScores | null)[] = [];
  for await (const row of predictStream(images, model, { signal, batchSize: size })) {
    if (row.error && onError === 'fail') throw failed(row);
    onImage(row.error ? row.error.message : null);
    rows.push(row.detections);
  }
  return flatten(rows);
}

function failed({ error, image }: Prediction): QualmError {
  const { code, message } = error!;
  return new QualmError(code, `ML_PREDICT: ${image.uri ?? 'an image of bytes'}: ${message}`);
}

function flatten(rows: readonly (Detections | ClassScores | null)[]): PredictAnswer {
  const first = rows.find((row) => row !== null);
  const numClasses = first && 'numClasses' in first ? first.numClasses : 0;
  const width = Math.max(numClasses, 1);
  const counts = Int32Array.from(rows, (row) => row?.length ?? -1);
  const total = counts.reduce((sum, count) => sum + Math.max(count, 0), 0);
  const boxes = new Float32Array(4 * total);
  const scores = new Float32Array(width * total);
  const labelIds = new Int32Array(width * total);
  let at = 0;
  for (const row of rows) {
    if (!row) continue;
    boxes.set(row.boxes, 4 * at);
    scores.set(row.scores, width * at);
    labelIds.set(row.labelIds, width * at);
    at += row.length;
  }
  return { counts, boxes, scores, labelIds, numClasses };
}
