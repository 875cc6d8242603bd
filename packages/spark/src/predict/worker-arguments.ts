import type { OutputForm } from '@qualm/types';
import type { SparkModel } from '../models/spark-model.ts';
import type { PredictOptions } from './predict-options.ts';

/** What a worker is told, so that it does what was asked. */
export function workerArguments(model: SparkModel, form: OutputForm, options: PredictOptions): readonly string[] {
  const { minScore, topK, measures = [], threads = 1, stall = 180, workerArguments: others = [] } = options;
  return [
    ...(model.hash === undefined ? [] : ['--hash', model.hash]),
    ...['--form', form.replace('_', '-')],
    ...(minScore === undefined ? [] : ['--min-score', String(minScore)]),
    ...(topK === undefined ? [] : ['--top-k', String(topK)]),
    ...measures.flatMap((measure) => ['--measure', measure]),
    ...['--threads', String(threads), '--stall', String(stall)],
    ...others,
  ];
}
