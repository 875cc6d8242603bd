import { createParquetSink } from '@qualm/datasets';
import { modelFingerprint, predictTo } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import type { ImageSource, PredictionSink } from '@qualm/types';
import type { Reporter } from './reporter.ts';

export interface RunCounts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** A sink of Parquet shards that is tied to this model and these images. */
export async function openPredictionFolder(
  folder: string,
  model: ImageModel,
  source: ImageSource,
  resume: boolean,
): Promise<PredictionSink> {
  return createParquetSink(folder, {
    form: model.form,
    labels: model.labels,
    fingerprint: `${await modelFingerprint(model)}/${source.fingerprint}`,
    resume,
  });
}

/** Runs the model over the images into the sink, and shows how far it is. */
export async function predictImages(
  source: ImageSource,
  model: ImageModel,
  sink: PredictionSink,
  { signal, reporter }: { readonly signal: AbortSignal; readonly reporter: Reporter },
): Promise<RunCounts> {
  const total = source.length - sink.stored;
  if (sink.stored > 0) reporter.note(`resuming: ${sink.stored} of ${source.length} images are done already`);
  const counts = await predictTo(source, model, sink, {
    signal,
    onProgress: ({ done, failed }) => reporter.progress('predict', { done, failed, total }),
  });
  reporter.settle();
  return counts;
}
