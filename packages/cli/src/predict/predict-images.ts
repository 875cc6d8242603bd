import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createParquetSink, readImageStates } from '@qualm/datasets';
import type { ImageCheck, ImageStates } from '@qualm/datasets';
import { isMachineTrouble, modelIdentity, predictTo } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { ImageList, ImageSource, PredictionSink } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';
import { assertNotInterrupted } from '../terminal/interrupted.ts';
import type { OpenedSource } from '../input/open-images.ts';
import type { Reporter } from '../terminal/reporter.ts';
import { createSizeDifferences } from '@qualm/datasets';
import type { SizeDifferences } from '@qualm/datasets';
import { countingSink, createTally, warningLines } from './tally.ts';
import type { RowCounter, Tally } from './tally.ts';

/** What a run came to; the tally is of this run alone. */
export interface RunCounts extends Tally {
  readonly done: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Images whose labels lie on other pixels, by kind; null where there are no labels. */
  readonly sizeDifferences: SizeDifferences['counts'] | null;
}

/** How a folder of predictions is written. */
export interface FolderOptions {
  readonly resume?: true | undefined;
  /** As `resume`, and images with any error are done again. */
  readonly retryFailed?: true | undefined;
  readonly shardRows: number;
  readonly fingerprint: ImageCheck;
  /** Images in one run of the model. */
  readonly batchSize?: number | undefined;
}

/** Says at once, before a model is loaded, that a folder is taken.
 * @throws UsageError when it holds predictions and they are not to be resumed.
 */
export async function assertFolderFree(
  folder: string,
  { resume, retryFailed }: Pick<FolderOptions, 'resume' | 'retryFailed'>,
): Promise<void> {
  if (resume || retryFailed) return;
  const found = await access(join(folder, '_qualm.json')).then(
    () => true,
    () => false,
  );
  if (found) {
    throw new UsageError(`${folder}: holds predictions already; go on with --resume, or choose another --out`);
  }
}

/** Where predictions go, and what was known of the images before. */
export interface OpenedFolder {
  readonly sink: PredictionSink;
  readonly wasThere?: (index: number) => boolean;
}

/** A sink of Parquet shards that is tied to this model, these images and the options that decide
 * what comes out.
 */
export async function openPredictionFolder(
  folder: string,
  model: ImageModel,
  source: ImageSource,
  { resume, retryFailed, shardRows, fingerprint, batchSize }: FolderOptions,
  signal: AbortSignal,
): Promise<OpenedFolder> {
  const images = source.length === null ? null : await statesOf(source, fingerprint, signal);
  const parts = {
    ...(await modelIdentity(model)),
    device: model.device,
    'batch-size': String(batchSize ?? model.batch ?? 1),
  };
  const sink = await createParquetSink(folder, {
    form: model.form,
    labels: model.labels,
    scoreKind: model.scoreKind,
    task: model.task,
    minScore: model.minScore,
    identity: { parts, images },
    rowsPerShard: shardRows,
    resume: resume === true || retryFailed === true,
    retry: retryFailed ? () => true : isMachineTrouble,
  });
  return { sink, ...(images && { wasThere: (index: number) => images.isThere(index) }) };
}

function statesOf(source: ImageList, by: ImageCheck, signal: AbortSignal): Promise<ImageStates> {
  return readImageStates(source, { by, signal }).catch((error: unknown) => {
    assertNotInterrupted(signal);
    throw error;
  });
}

/** How a run is watched. */
export interface PredictImagesOptions {
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
  /** Whether what the sink stores is there for a later run. */
  readonly resumable: boolean;
  /** Images in one run of the model. */
  readonly batchSize?: number | undefined;
}

/** Runs the model over the images into the sink, and shows how far it is. */
export async function predictImages(
  source: OpenedSource,
  model: ImageModel,
  { sink, wasThere }: OpenedFolder,
  { signal, reporter, resumable, batchSize }: PredictImagesOptions,
): Promise<RunCounts> {
  if (batchSize !== undefined && model.batch !== null && batchSize !== model.batch) {
    throw new UsageError(
      `--batch-size is ${batchSize}; ${model.spec.name} takes ${model.batch} a run, no other number`,
    );
  }
  const total = source.length === null ? null : source.length - sink.stored;
  const stored = (): string => `${sink.stored}${source.length === null ? '' : ` of ${source.length}`} images are`;
  if (sink.stored > 0) reporter.note(`resuming: ${stored()} done already`);
  const tally = createTally();
  const { labelledSizes } = source;
  const sizes = createSizeDifferences();
  const sizeCounter: RowCounter = {
    add: ({ image_id, size }) => void sizes.add(image_id, labelledSizes.get(String(image_id)), size),
  };
  try {
    const { done, skipped, seconds } = await predictTo(source, model, countingSink(sink, [tally, sizeCounter]), {
      signal,
      ...(wasThere && { wasThere }),
      ...(batchSize === undefined ? {} : { batchSize }),
      onProgress: ({ done, failed }) => reporter.progress('predict', { done, failed, total }),
    });
    const { failed, troubled, boxes, failures, warned, warnings } = tally;
    if (warned > 0) reporter.warn(warningLines(tally).join('\n'));
    for (const warning of sizes.warnings('the COCO file', 'its labels lie on other pixels')) reporter.warn(warning);
    if (resumable && troubled > 0) {
      const them = troubled === 1 ? '1 image' : `${troubled} images`;
      reporter.warn(
        `${them} failed because of this machine, not of the images; the same command with --resume tries again`,
      );
    }
    const sizeDifferences = labelledSizes.size > 0 ? sizes.counts : null;
    return { done, failed, troubled, skipped, seconds, boxes, failures, warned, warnings, sizeDifferences };
  } catch (error) {
    if (resumable && QualmError.is(error, 'aborted')) {
      reporter.note(`${stored()} stored; the same command with --resume goes on`);
    }
    throw error;
  } finally {
    reporter.settle();
  }
}
