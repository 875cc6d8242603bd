import type { UseSession } from '@qualm/threads';
import { BoxShapes, Image, QualmError } from '@qualm/types';
import type { HeadDefinition, Heads, Session, Vision } from '@qualm/types';
import { createBatchPredictor } from './batch-predictor.ts';
import type { BatchModel, BatchPredictor } from './batch-predictor.ts';
import { imageInput } from './check-model.ts';
import type { IndexedRecord } from './image-records.ts';
import type { ImageThreadData, ImportedHead, TravellingBatch, TravellingImage, TravellingRow } from './image-thread.ts';

/** Images to rows on the thread of a session: the batch predictor, with both ends of the model on
 * that thread too. They are made when the first images come, and again where that failed.
 */
export const useForImages: UseSession<ImageThreadData, TravellingBatch, readonly TravellingRow[]> = (session, data) => {
  let opened: Promise<BatchModel<Rows>> | null = null;
  const predictors = new Map<number, BatchPredictor<Rows>>();
  const predictorFor = async (batchSize: number): Promise<BatchPredictor<Rows>> => {
    opened ??= openEnds(session, data);
    const model = await opened.catch((error: unknown) => {
      opened = null;
      throw error;
    });
    const predictBatch = predictors.get(batchSize) ?? createBatchPredictor(model, batchSize);
    predictors.set(batchSize, predictBatch);
    return predictBatch;
  };
  const { signal } = new AbortController();
  return async ({ images, batchSize }) => {
    const predictBatch = await predictorFor(batchSize);
    const rows = await predictBatch(images.map(toRecord), signal);
    const value = rows.map(({ size, detections, error, warning = null }) => ({ size, detections, error, warning }));
    return { value, transfer: value.flatMap(({ detections }) => buffersOf(detections)) };
  };
};

type Rows = NonNullable<TravellingRow['detections']>;

async function openEnds(
  session: Session,
  { vision, head: ownHead, spec, form, headOptions }: ImageThreadData,
): Promise<BatchModel<Rows>> {
  const { createPreprocessor, createHead, createVectorHead } = (await import(vision)) as Vision;
  const heads = ownHead && (await importHead(ownHead));
  const options = { ...headOptions, ...(heads && { heads }) };
  const head = form === 'embedding' ? createVectorHead!(spec, options) : createHead(spec, form, options);
  const preprocessor = createPreprocessor(spec.input, { threads: 0 });
  const { name: inputName, batch } = imageInput('loadModel', spec, session.info);
  const { device } = session.info;
  return { preprocessor, head, inputName, batch, device, run: (inputs) => session.run(inputs, head.outputs) };
}

async function importHead({ module, exported }: ImportedHead): Promise<Heads> {
  try {
    const found = (await import(module)) as Readonly<Record<string, HeadDefinition>>;
    return { [`${module}#${exported}`]: found[exported]! };
  } catch (cause) {
    const message =
      `loadModel: a thread cannot import the head "${exported}" from ${module}: ${String(cause)}; ` +
      'give the URL of a built module, or leave `module` out of the head';
    throw new QualmError('backend-unavailable', message, { cause });
  }
}

function toRecord({ uri, bytes, error }: TravellingImage, index: number): IndexedRecord {
  const image = uri === null ? Image.fromBytes(bytes!) : Image.fromUri(uri);
  const opened = uri !== null && bytes !== null ? { bytes } : {};
  return { index, record: { image_id: index, image, ...(error && { error }) }, ...opened };
}

function buffersOf(detections: Rows | null): ArrayBuffer[] {
  if (detections === null) return [];
  if (detections instanceof Float32Array) return [detections.buffer as ArrayBuffer];
  const { boxes, scores, labelIds, shapes } = detections;
  const arrays = [boxes, scores, labelIds].map(({ buffer }) => buffer as ArrayBuffer);
  return shapes instanceof BoxShapes ? [...arrays, ...shapes.buffers] : arrays;
}
