import type {
  BoxShapeArrays,
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
  /** `embedding` where the head makes vectors. */
  readonly form: OutputForm | 'embedding';
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
  /** Of an image without a URI, or what is behind it where it was opened ahead. */
  readonly bytes: Uint8Array | null;
}

/** A row on its way back: what structured clone leaves of a prediction. */
export interface TravellingRow extends Pick<Prediction, 'size' | 'error' | 'warning'> {
  readonly detections: Travelling<Detections> | Travelling<ClassScores> | Float32Array | null;
}

type Travelling<Rows> = Omit<Rows, RowsMethod | 'shapes'> & { readonly shapes?: BoxShapeArrays };

type RowsMethod = 'length' | 'at' | typeof Symbol.iterator;
