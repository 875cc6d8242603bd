import { Image, QualmError } from '@qualm/types';
import type {
  ClassScores,
  Detections,
  HeadDefinition,
  HeadForm,
  HeadOptions,
  Heads,
  ImageRecord,
  ModelSpec,
  OpenThreadPart,
  Prediction,
  TensorMap,
  Vision,
} from '@qualm/types';
import { createBatchPredictor } from './batch-predictor.ts';
import type { ImportedHead } from './image-model.ts';

/** What the part is opened with, as JSON. */
export interface ImagePartData {
  readonly vision: string;
  /** A head of the caller's own; null for one of vision's. */
  readonly head: ImportedHead | null;
  readonly spec: Pick<ModelSpec, 'head' | 'labels' | 'input' | 'scoreKind'>;
  readonly form: HeadForm;
  readonly headOptions: HeadOptions;
  readonly inputName: string;
  readonly batch: number | null;
  readonly batchSize: number;
}

/** An image on its way to a thread. */
export interface TravellingImage extends Pick<ImageRecord, 'error'> {
  readonly uri: string | null;
  readonly bytes: Uint8Array | null;
}

/** A row on its way back: what structured clone leaves of a prediction. */
export interface TravellingRow extends Pick<Prediction, 'size' | 'error' | 'warning'> {
  readonly detections: Omit<Detections, RowsMethod> | Omit<ClassScores, RowsMethod> | null;
}

type RowsMethod = 'length' | 'at' | typeof Symbol.iterator;

/** Images to rows in the thread of a session: the batch predictor, with everything that it needs, on this one thread. */
export const open: OpenThreadPart<readonly TravellingImage[], readonly TravellingRow[]> = async (text, run) => {
  const data = JSON.parse(text) as ImagePartData;
  const { vision, spec, form, headOptions, inputName, batch, batchSize } = data;
  const { createPreprocessor, createHead } = (await import(vision)) as Vision;
  const heads = data.head && (await importHead(data.head));
  const head = createHead(spec, form, { ...headOptions, ...(heads && { heads }) });
  const preprocessor = createPreprocessor(spec.input, { threads: 0 });
  const outputs = head.outputs;
  // Only a backend on CPU runs parts (see `BackendModel.runPart`).
  const runWhole = (inputs: TensorMap): ReturnType<typeof run> => run({ inputs, outputs });
  const model = { preprocessor, head, inputName, batch, device: 'cpu', run: runWhole };
  const predictBatch = createBatchPredictor(model, batchSize);
  const { signal } = new AbortController();
  return async (images) => {
    const rows = await predictBatch(images.map(toRecord), signal);
    const value = rows.map(({ size, detections, error, warning = null }) => ({ size, detections, error, warning }));
    return { value, transfer: value.flatMap(({ detections }) => buffersOf(detections)) };
  };
};

async function importHead({ module, exported }: ImportedHead): Promise<Heads> {
  try {
    const found = (await import(module)) as Readonly<Record<string, HeadDefinition>>;
    return { [exported]: found[exported]! };
  } catch (cause) {
    const message =
      `loadModel: a thread cannot import the head "${exported}" from ${module}: ${String(cause)}; ` +
      'give the URL of a built module, or leave `module` out of the head';
    throw new QualmError('backend-unavailable', message, { cause });
  }
}

function toRecord({ uri, bytes, error }: TravellingImage, index: number): { index: number; record: ImageRecord } {
  const image = uri === null ? Image.fromBytes(bytes!) : Image.fromUri(uri);
  return { index, record: { image_id: index, image, ...(error && { error }) } };
}

function buffersOf(detections: TravellingRow['detections']): ArrayBuffer[] {
  if (detections === null) return [];
  const { boxes, scores, labelIds } = detections;
  return [boxes, scores, labelIds].map(({ buffer }) => buffer as ArrayBuffer);
}
