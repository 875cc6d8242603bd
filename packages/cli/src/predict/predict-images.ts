import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createParquetSink, readImageStates } from '@qualm/datasets';
import type { ImageCheck, ImageStates, Shared } from '@qualm/datasets';
import { isMachineTrouble, modelIdentity, predictTo } from '@qualm/pipeline';
import type { ImageModel, LoadedModel, PredictCounts, PredictToOptions } from '@qualm/pipeline';
import { counted, QualmError } from '@qualm/types';
import type { ImageList, ImageSource, PredictionSink } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';
import { assertNotInterrupted } from '../terminal/interrupted.ts';
import type { OpenedSource } from '../input/open-images.ts';
import type { Reporter } from '../terminal/reporter.ts';
import { createSizeDifferences } from '@qualm/datasets';
import type { SizeDifferences } from '@qualm/datasets';
import { countingSink, createTally, warningLines } from './tally.ts';
import type { CountedRow, RowCounter, RowSink, Tally } from './tally.ts';

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
  /** Told of each file of the folder. */
  readonly mirror?: ((name: string) => Promise<void>) | undefined;
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

/** The whole shard goes to S3 each time, and nothing is lost but time. */
const mirrorSeconds = 60;

/** A sink of Parquet shards that is tied to this model, these images and the options that decide
 * what comes out.
 */
export async function openPredictionFolder(
  folder: string,
  model: ImageModel,
  source: ImageSource & Partial<Shared>,
  { resume, retryFailed, shardRows, fingerprint, batchSize, mirror }: FolderOptions,
  signal: AbortSignal,
): Promise<OpenedFolder> {
  assertBatchSize(model, batchSize);
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
    ...(model.shapes && { shapes: model.shapes }),
    identity: { parts, images, ...(source.share && { share: source.share }) },
    rowsPerShard: shardRows,
    resume: resume === true || retryFailed === true,
    retry: retryFailed ? () => true : isMachineTrouble,
    ...(mirror && { mirror, flushSeconds: mirrorSeconds }),
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
  /** How many rows are to come, where the source does not know. */
  readonly total?: number | undefined;
}

/** Runs the model over the images into the sink, and shows how far it is. */
export function predictImages(
  source: OpenedSource,
  model: ImageModel,
  opened: OpenedFolder,
  options: PredictImagesOptions,
): Promise<RunCounts> {
  return watchRun('predict', source, model, opened, options, (sink, own) => predictTo(source, model, sink, own));
}

/** A run of a model over images into a sink, watched.
 * @param verb what the progress is called
 * @param run stores the rows of the images in the sink
 */
export async function watchRun<Row extends CountedRow>(
  verb: string,
  source: OpenedSource,
  model: Pick<LoadedModel, 'batch' | 'spec'>,
  { sink, wasThere }: { readonly sink: RowSink<Row>; readonly wasThere?: (index: number) => boolean },
  { signal, reporter, resumable, batchSize, total: told }: PredictImagesOptions,
  run: (sink: RowSink<Row>, options: PredictToOptions) => Promise<PredictCounts>,
): Promise<RunCounts> {
  assertBatchSize(model, batchSize);
  const total = source.length === null ? (told ?? null) : source.length - sink.stored;
  const stored = (): string => {
    if (source.length === null) return counted(sink.stored, 'image is', 'images are');
    const all = `of ${counted(source.length, 'image')}`;
    return counted(sink.stored, `${all} is`, `${all} are`);
  };
  if (sink.stored > 0) reporter.note(`resuming: ${stored()} done already`);
  const tally = createTally();
  const { labelledSizes } = source;
  const sizes = createSizeDifferences();
  const sizeCounter: RowCounter = {
    add: ({ image_id, size = null }) => void sizes.add(image_id, labelledSizes.get(String(image_id)), size),
  };
  try {
    const { done, skipped, seconds } = await run(countingSink(sink, [tally, sizeCounter]), {
      signal,
      ...(wasThere && { wasThere }),
      open: source.open,
      ...(batchSize === undefined ? {} : { batchSize }),
      onProgress: ({ done, failed }) => reporter.progress(verb, { done, failed, total }),
    });
    const { failed, troubled, boxes, failures, warned, warnings } = tally;
    if (warned > 0) reporter.warn(warningLines(tally).join('\n'));
    for (const warning of sizes.warnings('the COCO file', 'its labels lie on other pixels')) reporter.warn(warning);
    if (resumable && troubled > 0) {
      reporter.warn(
        `${counted(troubled, 'image')} failed because of this machine, not of the images; the same command with --resume tries again`,
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

function assertBatchSize({ batch, spec }: Pick<LoadedModel, 'batch' | 'spec'>, batchSize: number | undefined): void {
  if (batchSize === undefined || batch === null || batchSize === batch) return;
  throw new UsageError(`--batch-size is ${batchSize}; ${spec.name} takes ${batch} a run, no other number`);
}
