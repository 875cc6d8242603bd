import { createScoresSink, scoresEndings } from '@qualm/datasets';
import { counted } from '@qualm/types';
import type { OutputForm } from '@qualm/types';
import { openSource } from '../../input/open-images.ts';
import type { ImageOptions } from '../../input/open-images.ts';
import { openModel } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { withModel } from '../../input/with-model.ts';
import { assertFileFree } from '../../output/assert-file-free.ts';
import { finishRun } from '../../predict/finish-run.ts';
import type { GateOptions } from '../../predict/finish-run.ts';
import { predictImages } from '../../predict/predict-images.ts';
import { reportPlan } from '../../predict/report-plan.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What `qualm predict --scores` was asked for. */
export interface ScoresOptions extends ImageOptions, ModelOptions, GateOptions {
  /** An absolute path. */
  readonly scores: string;
  readonly form?: OutputForm | undefined;
  readonly minScore?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly resume?: true | undefined;
  readonly retryFailed?: true | undefined;
  readonly dryRun?: true | undefined;
}

/** Runs the model over the images, into one file of class scores and boxes. */
export async function runScores(options: ScoresOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { scores, minScore, dryRun, batchSize } = options;
  await assertPlace(options);
  const source = await openSource(options, terminal, reporter);
  const run = await withModel(openModel(options, 'class_scores', terminal, reporter, minScore), async (model) => {
    if (dryRun) return reportPlan(source, model, scores, reporter);
    const sink = createScoresSink(scores, { labels: model.labels });
    return predictImages(source, model, { sink }, { signal: terminal.signal, reporter, resumable: false, batchSize });
  });
  if (!run) return;
  await finishRun(
    source,
    run,
    { made: counted(run.boxes, 'box', 'boxes'), more: { scores }, gates: options },
    reporter,
  );
}

async function assertPlace({ scores, form, resume, retryFailed, dryRun }: ScoresOptions): Promise<void> {
  if (form === 'detections') throw new UsageError('--scores writes the scores of all classes, not --form detections');
  if (resume || retryFailed)
    throw new UsageError('--resume and --retry-failed need a folder in --out; --scores writes one file at the end');
  await assertFileFree('--scores', scores, scoresEndings, dryRun);
}
