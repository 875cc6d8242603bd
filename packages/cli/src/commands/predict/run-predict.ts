import { createNdjsonSink } from '@qualm/datasets';
import type { ImageModel } from '@qualm/pipeline';
import { counted, countText } from '@qualm/types';
import type { OutputForm } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { openSource } from '../../input/open-images.ts';
import type { ImageOptions, OpenedSource } from '../../input/open-images.ts';
import { openModel } from '../../input/open-model.ts';
import { finishRun } from '../../predict/finish-run.ts';
import type { GateOptions } from '../../predict/finish-run.ts';
import { reportPlan } from '../../predict/report-plan.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { assertFolderFree, openPredictionFolder, predictImages } from '../../predict/predict-images.ts';
import type { FolderOptions, OpenedFolder } from '../../predict/predict-images.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import { assertS3Free, isS3Place, withS3Place } from '../../predict/s3-place.ts';
import { tallyOf } from '../../predict/tally.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { withModel } from '../../input/with-model.ts';
import { writeData } from '../../output/write-data.ts';

/** What `qualm predict` was asked for. */
export interface PredictOptions extends ImageOptions, ModelOptions, FolderOptions, GateOptions {
  /** What the spec says when absent, else `class_scores`. */
  readonly form?: OutputForm | undefined;
  readonly minScore?: number | undefined;
  /** An absolute path, a URI of S3, or `-` for stdout. */
  readonly out: string;
  readonly dryRun?: true | undefined;
  readonly json?: true | undefined;
}

/** Runs the model over the images, into Parquet shards or NDJSON. */
export async function runPredict(options: PredictOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { json, out, resume, retryFailed, dryRun, shard } = options;
  if (json && out === '-') throw new UsageError('--json and --out - both write to stdout; choose one');
  if (resume && out === '-') throw new UsageError('--resume needs a folder in --out, not stdout');
  if (retryFailed && out === '-') throw new UsageError('--retry-failed needs a folder in --out, not stdout');
  if (shard && out === '-') throw new UsageError('--shard needs a folder in --out, for qualm merge, not stdout');
  if (isS3Place(out) && !dryRun) {
    return withS3Place(out, terminal, async (place) => {
      await assertS3Free(out, options, place);
      if (resume || retryFailed) await place.mirror.pull();
      await predictInto(place.folder, { ...options, mirror: place.mirror.put }, terminal, reporter);
    });
  }
  if (out !== '-' && !dryRun) await assertFolderFree(out, options);
  await predictInto(out, options, terminal, reporter);
}

/** @param folder where the shards are written: `out`, or its copy here */
async function predictInto(
  folder: string,
  options: PredictOptions,
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { form, minScore, out, dryRun, batchSize, shard } = options;
  const source = await openSource(options, terminal, reporter);
  if (shard && source.length !== null) reporter.note(shareNote(source));
  const run = await withModel(openModel(options, form, terminal, reporter, minScore), async (model) => {
    if (dryRun) return reportPlan(source, model, out, reporter);
    const opened = await openSink(folder, options, model, source, terminal);
    return predictImages(source, model, opened, {
      signal: terminal.signal,
      reporter,
      resumable: out !== '-',
      batchSize,
    });
  });
  if (!run) return;
  const { failed, boxes, failures } = run.skipped > 0 ? await tallyOf(folder) : run;
  const whole = { ...run, failed, boxes, failures };
  await finishRun(source, whole, { made: counted(boxes, 'box', 'boxes'), more: { out }, gates: options }, reporter);
}

function shareNote({ share, length }: OpenedSource): string {
  const { index, count, list } = share!;
  return `share ${index}/${count}: ${countText(length!)} of ${counted(list!.images, 'image')}`;
}

async function openSink(
  folder: string,
  options: PredictOptions,
  model: ImageModel,
  source: OpenedSource,
  { stdout, signal }: Terminal,
): Promise<OpenedFolder> {
  if (folder !== '-') return openPredictionFolder(folder, model, source, options, signal);
  const { labels, scoreKind, task } = model;
  return { sink: createNdjsonSink((line) => writeData(stdout, line), { labels, scoreKind, task }) };
}
