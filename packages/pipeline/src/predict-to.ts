import { QualmError, assertOptions, counted } from '@qualm/types';
import type { ImageRecord, ImageSource, ImageStream, Prediction, PredictionSink } from '@qualm/types';
import type { ImageModel } from './image-model.ts';
import { predictRows, type PredictOptions, type RowModel } from './predict-stream.ts';
import { assertImageModel, assertImages, assertSink } from './assert-arguments.ts';
import { createTroubleGuard } from './trouble-guard.ts';

/** What a run came to. */
export interface PredictCounts {
  /** Images that this run stored a row for, the failed ones among them. */
  readonly done: number;
  readonly failed: number;
  /** Images whose rows were stored by a run before. */
  readonly skipped: number;
  readonly seconds: number;
}

/** Options of `predictTo`. */
export interface PredictToOptions extends PredictOptions {
  /** Whether an image was there when the run began, by its position: one that is missing then is
   * `machine-trouble`.
   */
  readonly wasThere?: (index: number) => boolean;
}

/** Streams a row for each image of a source into a sink, in order, but for the rows that the sink
 * has stored. The sink is closed at the end; on any error it is left in a state that a later run
 * resumes. Images that fail by no fault of theirs (`machine-trouble`) are tried again; when 20 in a
 * row stay so, or all images of a new run fail, it ends before they are stored. A stream of images
 * is read as it comes; of its images that the sink has stored the ids are compared.
 * @throws QualmError `dataset-invalid` when the sink holds more rows than the source has images, or
 * others of a stream, `io` when a row cannot be stored, and what `predictStream` throws.
 * @example await predictTo(await openFolder('photos'), model, sink) // { done: 206, failed: 0, skipped: 0, seconds: 4.1 }
 */
export async function predictTo(
  source: ImageSource,
  model: ImageModel,
  sink: PredictionSink,
  options: PredictToOptions = {},
): Promise<PredictCounts> {
  assertImages('predictTo', source);
  assertImageModel('predictTo', model);
  assertSink('predictTo', sink);
  assertOptions('predictTo', options, '{ batchSize: 4 }');
  return storeRows('predictTo', source, model, { verb: 'predict', sink, write: (row) => sink.write(row) }, options);
}

/** Where rows go, whatever a model makes. */
export interface RowSink<T extends object> {
  /** What is done to the images, for messages. */
  readonly verb: string;
  readonly sink: Omit<PredictionSink, 'write'>;
  readonly write: (row: Prediction<T>) => Promise<void>;
}

/** @param where the function that was called, for messages. */
export async function storeRows<T extends object>(
  where: string,
  source: ImageSource,
  model: RowModel<T>,
  { verb, sink, write }: RowSink<T>,
  options: PredictToOptions,
): Promise<PredictCounts> {
  const { wasThere, ...predictOptions } = options;
  const began = performance.now();
  const skipped = sink.stored;
  let done = 0;
  let failed = 0;
  try {
    const images = source.length === null ? sameImages(where, source, sink, skipped) : source;
    if (source.length !== null) assertEnough(where, source.length, skipped);
    const isDone = (index: number): boolean => sink.isStored?.(index) ?? index < skipped;
    const run = {
      isDone,
      total: source.length === null ? null : source.length - skipped,
      ...(wasThere && { wasThere }),
    };
    const guard = createTroubleGuard<T>(verb, skipped > 0);
    const store = async (rows: readonly Prediction<T>[]): Promise<void> => {
      for (const row of rows) {
        await write(row);
        done++;
        if (row.error) failed++;
      }
    };
    for await (const row of predictRows(images, model, { ...predictOptions, order: 'input' }, run)) {
      await store(guard.pass(row));
    }
    await store(guard.end());
    await sink.close();
  } catch (error) {
    await sink.abort();
    throw error;
  }
  return { done, failed, skipped, seconds: (performance.now() - began) / 1000 };
}

function assertEnough(where: string, images: number, stored: number): void {
  if (stored <= images) return;
  throw new QualmError(
    'dataset-invalid',
    `${where}: the sink holds ${counted(stored, 'row')}, the source ${counted(images, 'image')}; resume with the images it was begun with`,
  );
}

/** A stream, held against what the sink has stored as far as that goes. */
async function* sameImages(
  where: string,
  source: ImageStream,
  sink: Omit<PredictionSink, 'write'>,
  stored: number,
): AsyncGenerator<ImageRecord, void, undefined> {
  let index = 0;
  for await (const record of source) {
    const before = sink.storedId?.(index);
    if (before !== undefined && String(before) !== String(record.image_id)) {
      throw new QualmError(
        'dataset-invalid',
        `${where}: image ${index} of the stream is "${record.image_id}", the sink holds "${before}" in its place; ` +
          'resume with the images it was begun with, in their order',
      );
    }
    yield record;
    index++;
  }
  assertEnough(where, index, stored);
}
