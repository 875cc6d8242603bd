import type { Size } from './geometry.ts';
import type { HeadSpec, SelectionSpec } from './model-spec.ts';
import type { RawScores, ScoreMatrix } from './raw-scores.ts';
import type { Flat, ObjectSchema, SchemaType } from './schema.ts';
import type { TensorMap } from './tensor.ts';

/** The options of a head as a JSON Schema, without its `type` and without a detector's selection.
 */
export interface HeadOptionsSchema extends ObjectSchema {
  readonly properties: NonNullable<ObjectSchema['properties']>;
  readonly additionalProperties: false;
}

/** What a reader is made for, beside the options of its head. */
export interface ReaderContext {
  /** Foreground classes: the labels of the spec. */
  readonly numLabels: number;
  /** Of the model's input, in pixels. */
  readonly size: Size;
}

/** How a raw value becomes a score; within one anchor larger values have larger scores. */
export interface Activation {
  /** A raw value that no score above `threshold` lies below; Infinity where the whole anchor is
   * below it.
   */
  floor(anchor: number, threshold: number): number;
  score(anchor: number, raw: number): number;
}

/** One image's raw outputs: anchors that each have a box and a score for every foreground class. */
export interface Anchors {
  readonly scores: ScoreMatrix;
  readonly activation: Activation;
  /** What scores are made of, to be checked. */
  readonly raw: readonly RawScores[];
  /** For heads whose candidates are the peaks of a map. */
  readonly isPeak?: (anchor: number, classIndex: number) => boolean;
  /** Writes xmin, ymin, xmax, ymax in pixels of the model's input. */
  readBox(anchor: number, out: Float32Array, at: number): void;
}

/** The part of a detector's head that knows one family of models: where boxes and scores lie in the
 * raw outputs.
 */
export interface AnchorReader {
  /** Names of the outputs that it reads. */
  readonly outputs: readonly string[];
  /** The anchors of one image, valid until the next call.
   * @throws QualmError `shape-mismatch`
   */
  read(outputs: TensorMap, image: number): Anchors;
}

/** The class scores of one whole image. */
export interface ImageScores {
  /** One for each label, in their order, after the activation. */
  readonly scores: Float32Array;
  /** What they are made of, to be checked. */
  readonly raw: readonly RawScores[];
}

/** The part of a classifier's head that knows where scores lie in the raw outputs. */
export interface ScoresReader {
  readonly outputs: readonly string[];
  /** The scores of one image, valid until the next call.
   * @throws QualmError `shape-mismatch`
   */
  read(outputs: TensorMap, image: number): ImageScores;
}

interface HeadBase {
  /** What a spec calls it, as `head.type`. */
  readonly type: string;
  /** What a spec may say to it. The type of the options follows from it, and so do the check and
   * the schema for editors.
   */
  readonly schema: HeadOptionsSchema;
  /** The URL of a built module that exports this head (`import.meta.url`), for threads to import.
   * Without it outputs are read on the calling thread. */
  readonly module?: string;
  /** Changes when the same outputs and options give other rows, so that predictions of both are not
   * taken for one run.
   */
  readonly version?: string;
}

/** A head that finds boxes. Selection and suppression are ours, and its spec says any of
 * `SelectionSpec` too.
 */
export interface DetectorHead<Options extends object = HeadSpec> extends HeadBase {
  /** Where a spec says nothing: over `scoreThreshold` 0.01, `iouThreshold` 0.6, `maxCandidates`
   * 1000, `maxDetections` 100, `duplicates` drop, `minScore` 0.5. */
  readonly defaults: SelectionSpec;
  /** @throws QualmError `spec-invalid` for options that contradict each other. */
  createReader(options: Options, context: ReaderContext): AnchorReader;
}

/** A head that gives one row of class scores for an image. */
export interface ClassifierHead<Options extends object = HeadSpec> extends HeadBase {
  readonly defaults: null;
  /** @throws QualmError `spec-invalid` for options that contradict each other. */
  createReader(options: Options, context: ReaderContext): ScoresReader;
}

/** A head as a value: what reads the raw outputs of one family of models. Nothing is registered
 * anywhere; `loadModel` takes it.
 */
export type HeadDefinition = DetectorHead | ClassifierHead;

/** Heads under names of your choice; a spec names them by their `type`. @example { ...heads, mine } */
export type Heads = Readonly<Record<string, HeadDefinition>>;

/** What a spec says of a detector's head whose options have this schema. */
export type DetectorSpec<Type extends string, S> = Flat<{ readonly type: Type } & SchemaType<S> & SelectionSpec>;

/** What a spec says of a classifier's head whose options have this schema. */
export type ClassifierSpec<Type extends string, S> = Flat<{ readonly type: Type } & SchemaType<S>>;
