import { createNdjsonSink } from '@qualm/datasets';
import type { ImageModel } from '@qualm/pipeline';
import type { HeadForm, ImageSource, PredictionSink } from '@qualm/types';
import { UsageError } from './exit-code.ts';
import { assertGates } from './gates.ts';
import type { Gate } from './gates.ts';
import { openSource } from './open-images.ts';
import type { ImageOptions } from './open-images.ts';
import { openModel } from './open-model.ts';
import type { ModelOptions } from './open-model.ts';
import { openPredictionFolder, predictImages } from './predict-images.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';
import { withModel } from './with-model.ts';

/** What `qualm predict` was asked for. */
export interface PredictOptions extends ImageOptions, ModelOptions {
  readonly form: HeadForm;
  readonly minScore?: number | undefined;
  /** An absolute path, or `-` for stdout. */
  readonly out: string;
  readonly resume?: true | undefined;
  readonly strict?: true | undefined;
  readonly failOn?: Gate | undefined;
  readonly json?: true | undefined;
}

/** Runs the model over the images, into Parquet shards or NDJSON. */
export async function runPredict(options: PredictOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { json, form, minScore, out } = options;
  if (json && out === '-') throw new UsageError('--json and --out - both want stdout; choose one');
  const source = await openSource(options, terminal.cwd, reporter);
  const counts = await withModel(openModel(options, form, terminal, reporter, minScore), async (model) => {
    const sink = await openSink(options, model, source, terminal);
    return predictImages(source, model, sink, { signal: terminal.signal, reporter });
  });
  reporter.note(`${counts.done} images in ${counts.seconds.toFixed(1)} s, ${counts.failed} failed`);
  reporter.result({ ...counts, out });
  assertGates(options, { images: source.length, failed: counts.failed, boxes: NaN });
}

async function openSink(
  { out, resume }: PredictOptions,
  model: ImageModel,
  source: ImageSource,
  terminal: Terminal,
): Promise<PredictionSink> {
  if (out !== '-') return openPredictionFolder(out, model, source, resume === true);
  return createNdjsonSink((line) => void terminal.stdout.write(line), { labels: model.labels });
}
