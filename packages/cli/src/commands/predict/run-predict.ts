import { createNdjsonSink } from '@qualm/datasets';
import type { ImageModel } from '@qualm/pipeline';
import type { OutputForm, ImageSource } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { assertGates } from '../../output/gates.ts';
import type { Gate } from '../../output/gates.ts';
import { openSource } from '../../input/open-images.ts';
import type { ImageOptions } from '../../input/open-images.ts';
import { openModel } from '../../input/open-model.ts';
import { reportPlan } from '../../predict/report-plan.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { assertFolderFree, openPredictionFolder, predictImages } from '../../predict/predict-images.ts';
import type { FolderOptions, OpenedFolder } from '../../predict/predict-images.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import { failureLines, tallyOf } from '../../predict/tally.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { withModel } from '../../input/with-model.ts';
import { writeData } from '../../output/write-data.ts';

/** What `qualm predict` was asked for. */
export interface PredictOptions extends ImageOptions, ModelOptions, FolderOptions {
  /** What the spec says when absent, else `class_scores`. */
  readonly form?: OutputForm | undefined;
  readonly minScore?: number | undefined;
  /** An absolute path, or `-` for stdout. */
  readonly out: string;
  readonly strict?: true | undefined;
  readonly failOn?: Gate | undefined;
  readonly dryRun?: true | undefined;
  readonly json?: true | undefined;
}

/** Runs the model over the images, into Parquet shards or NDJSON. */
export async function runPredict(options: PredictOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { json, form, minScore, out, resume, retryFailed, dryRun, batchSize } = options;
  if (json && out === '-') throw new UsageError('--json and --out - both write to stdout; choose one');
  if (resume && out === '-') throw new UsageError('--resume needs a folder in --out, not stdout');
  if (retryFailed && out === '-') throw new UsageError('--retry-failed needs a folder in --out, not stdout');
  if (out !== '-' && !dryRun) await assertFolderFree(out, options);
  const source = await openSource(options, terminal, reporter);
  const run = await withModel(openModel(options, form, terminal, reporter, minScore), async (model) => {
    if (dryRun) return reportPlan(source, model, out, reporter);
    const opened = await openSink(options, model, source, terminal);
    return predictImages(source, model, opened, {
      signal: terminal.signal,
      reporter,
      resumable: out !== '-',
      batchSize,
    });
  });
  if (!run) return;
  const { failed, boxes, failures } = run.skipped > 0 ? await tallyOf(out) : run;
  reporter.note(`${run.done} images in ${run.seconds.toFixed(1)} s, ${boxes} boxes, ${failed} failed`);
  for (const line of failureLines({ failed, failures })) reporter.note(line);
  await reporter.result({ ...run, failed, boxes, failures, passedOver: source.passedOver, out });
  assertGates(options, { images: source.length ?? run.done + run.skipped, failed, boxes, warned: run.warned });
}

async function openSink(
  options: PredictOptions,
  model: ImageModel,
  source: ImageSource,
  { stdout, signal }: Terminal,
): Promise<OpenedFolder> {
  if (options.out !== '-') return openPredictionFolder(options.out, model, source, options, signal);
  const { labels, scoreKind, task } = model;
  return { sink: createNdjsonSink((line) => writeData(stdout, line), { labels, scoreKind, task }) };
}
