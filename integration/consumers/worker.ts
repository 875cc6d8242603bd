import { createMeasure, workerFingerprint, workerVersion } from '@qualm/worker';
import type { Worker, WorkerAnswer, WorkerRequest } from '@qualm/worker';

/** Types alone: a worker comes from `openWorker`. */
export async function run(worker: Worker, requests: readonly WorkerRequest[]): Promise<readonly WorkerAnswer[]> {
  const answers: WorkerAnswer[] = [];
  for await (const answer of worker.answers(requests)) answers.push(answer);
  return answers;
}

const strategy = { name: 'first', order: 'descending', score: (scores: ArrayLike<number>) => scores[0]! } as const;
const model = { scoreKind: 'independent', task: 'detection', form: 'class_scores', labels: [1] } as const;
const { name } = createMeasure({ name: 'first', strategy }, model);
console.log(workerVersion, name, (await workerFingerprint({})).length);
