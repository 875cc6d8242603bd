import { assertIterable, assertOptions, assertText, workerVersion } from '@qualm/types';
import type { Prediction, WorkerAnswer, WorkerRequest } from '@qualm/types';
import { predictStream } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import type { OpenUri } from '@qualm/vision';
import { answerOf } from './answer-of.ts';
import { assertModel } from './assert-arguments.ts';
import { createRecordReader } from './record-of.ts';
import type { WorkerRecord } from './record-of.ts';
import type { WorkerMeasure } from './measures/worker-measure.ts';
import { readAhead } from './read-ahead.ts';

/** What a worker answers with. */
export interface WorkerOptions {
  readonly model: ImageModel;
  /** What every answer carries: `workerFingerprint` of the same model and options. */
  readonly fingerprint: string;
  /** What is measured of each image, before anything is left out by `topK`. */
  readonly measures?: readonly WorkerMeasure[];
  /** Class scores kept of each box, and of plain detections the boxes kept; all when absent. */
  readonly topK?: number;
  /** Opens images by URIs that are not files of this machine; without it they are refused. */
  readonly open?: OpenUri;
  /** Images that are opened by `open` at the same time; 8 by default. */
  readonly openAhead?: number;
}

/** Answers requests, wherever they come from: it knows nothing of lines, streams or processes. */
export interface Worker {
  readonly fingerprint: string;
  /** One answer for each request, in their order. An image that cannot be used is an answer with
   * an error. A request is answered as soon as it can be, without waiting for the next one.
   * @throws QualmError `aborted` by the signal, `backend-unavailable`; what the requests throw.
   */
  answers(
    requests: Iterable<WorkerRequest> | AsyncIterable<WorkerRequest>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): AsyncGenerator<WorkerAnswer, void, undefined>;
  /** Frees the model. */
  dispose(): Promise<void>;
}

/** A worker over a loaded model, whose sessions it uses as they are.
 * @throws RangeError for wrong arguments.
 * @example for await (const answer of createWorker({ model, fingerprint: 'mine' }).answers([{ id: '1', image: 'a.jpg' }])) console.log(answer.width);
 */
export function createWorker(options: WorkerOptions): Worker {
  assertOptions('createWorker', options, "{ model, fingerprint: 'mine' }");
  const { model, fingerprint, measures = [], topK, open, openAhead = 8 } = options;
  assertModel('createWorker', model);
  assertText('createWorker', 'fingerprint', fingerprint, 'what workerFingerprint gives');
  const known = { v: workerVersion, worker: fingerprint };
  return {
    fingerprint,
    async *answers(requests, { signal } = {}) {
      assertIterable('answers', 'its requests', requests, "requests, such as [{ id: '1', image: 'a.jpg' }]", 'any');
      const waiting: WorkerRecord[] = [];
      const recordOf = createRecordReader({ open, signal });
      const records = noted(readAhead(requests, recordOf, open ? openAhead : 1), waiting);
      for await (const row of predictStream(records, model, signal ? { signal } : {})) {
        const { image } = waiting.shift()!;
        yield { ...known, ...answerOf(row as Prediction, { image, measures, topK }) };
      }
    },
    dispose: () => model.dispose(),
  };
}

/** The records, in `waiting` until their answers are there. */
async function* noted(
  records: AsyncIterable<WorkerRecord>,
  waiting: WorkerRecord[],
): AsyncGenerator<WorkerRecord['record']> {
  for await (const record of records) {
    waiting.push(record);
    yield record.record;
  }
}
