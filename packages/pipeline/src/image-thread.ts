import type {
  ClassScores,
  Detections,
  OutputForm,
  HeadOptions,
  ImageRecord,
  ModelSpec,
  Prediction,
} from '@qualm/types';

/** What threads of sessions get to take images all the way. */
export interface ImageThreadData {
  /** The URL of the module that makes both ends of the model. */
  readonly vision: string;
  /** Where a head of the caller's own is imported from; null for one of vision's. */
  readonly head: ImportedHead | null;
  readonly spec: Pick<ModelSpec, 'name' | 'head' | 'labels' | 'input' | 'scoreKind'>;
  readonly form: OutputForm;
  readonly headOptions: HeadOptions;
}

/** A head that a module exports. */
export interface ImportedHead {
  /** The module's URL. */
  readonly module: string;
  readonly exported: string;
}

/** A batch on its way to a thread. */
export interface TravellingBatch {
  readonly images: readonly TravellingImage[];
  /** Rows of its tensor. */
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
