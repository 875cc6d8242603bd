import { counted, countText } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { folderSource, openSpark } from './open-spark.ts';
import type { SparkPlace } from './open-spark.ts';

/** What `qualm spark predict` was asked for. */
export interface SparkPredictOptions extends SparkPlace {
  readonly model?: string | undefined;
  readonly modelFiles?: string | undefined;
  readonly hash?: string | undefined;
  readonly from: string;
  readonly id: string;
  readonly image: string;
  readonly into: string;
  readonly rows?: 'images' | 'boxes' | undefined;
  readonly form?: 'class-scores' | 'detections' | undefined;
  readonly minScore?: number | undefined;
  readonly topK?: number | undefined;
  readonly measure?: readonly string[] | undefined;
  readonly imagesPerPartition: number;
}

/** Predicts a table on a Spark, and tells how far it is. */
export async function runSparkPredict(
  given: SparkPredictOptions,
  terminal: Terminal,
  reporter: Reporter,
): Promise<void> {
  const { model, modelFiles, hash, from, id, image, into, rows, form, minScore, topK, measure } = given;
  if (model === undefined && modelFiles === undefined) {
    throw new UsageError('spark predict: expected --model-files, or --model with a place that executors see');
  }
  const folder = modelFiles === undefined ? null : folderSource('--model-files', modelFiles, terminal.cwd);
  const spark = await openSpark(given, terminal);
  try {
    const made = await spark.predict({
      ...{ from, id, image, into, imagesPerPartition: given.imagesPerPartition, signal: terminal.signal },
      model: { folder, spec: model ?? 'spec.json', ...(hash !== undefined && { hash }) },
      ...(rows && { rows }),
      ...(form && { form: form === 'detections' ? form : 'class_scores' }),
      ...(minScore !== undefined && { minScore }),
      ...(topK !== undefined && { topK }),
      ...(measure && { measures: measure }),
      onProgress: ({ phase, tasks, completedTasks }) => {
        if (tasks > 0) reporter.progress(phase, { done: completedTasks, total: tasks, failed: 0, unit: 'tasks' });
      },
    });
    const { images, failed, boxes, table } = made;
    const counts = `${counted(images, 'image')}, ${countText(failed)} failed, ${counted(boxes, 'box', 'boxes')}`;
    reporter.note(`${counts}, all there once; look at the table ${table}`);
    await reporter.result({ ...made });
  } finally {
    reporter.settle();
    await spark.close();
  }
}
