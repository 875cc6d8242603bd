import type { OutputForm } from './detections.ts';
import type { Size } from './geometry.ts';
import type { OutputProblem } from './head.ts';
import type { Label } from './label.ts';
import type { HeadGuess, OutputFacts } from './head-guess.ts';
import type { HeadSpec, InputSpec, SelectionSpec } from './model-spec.ts';
import type { RawScores, ScoreMatrix } from './raw-scores.ts';
import type { ShapeKind } from './row-shapes.ts';
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
  readonly labels: readonly Label[];
  /** Of the model's input, in pixels. */
  readonly size: Size;
  /** Of the model's input: maps among its outputs lie the same way. */
  readonly layout: InputSpec['layout'];
}

/** How a raw value becomes a score; within one anchor larger values have larger scores. */
export interface Activation {
  /** A raw value that no score above `threshold` lies below; Infinity where the whole anchor is
   * below it.
   */
  floor(anchor: number, threshold: number): number;
  score(anchor: number, raw: number): number;
  /** Where a score is `factor(anchor) * raw ** exponent`: says so, and many are computed at once.
   */
  readonly power?: { readonly exponent: number; factor(anchor: number): number };
}

/** Cells of a grid, from column `left` to before `right` and from row `top` to before `bottom`. */
export interface MaskCells {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The masks of one image's anchors, as cells over the whole input of the model. A pixel of the
 * original image belongs to the mask where the values around it, interpolated, are above 0, and
 * where it is in the box.
 */
export interface MaskGrid extends Size {
  /** Writes the values of some cells, row by row. */
  read(anchor: number, cells: MaskCells, out: Float32Array): void;
}

/** The key points of one image's anchors. */
export interface KeypointReader {
  /** Points of each anchor. */
  readonly numPoints: number;
  /** Writes x and y in pixels of the model's input and the score, 0..1, of each point; a score of
   * NaN where there is none. */
  read(anchor: number, out: Float32Array, at: number): void;
}

/** The turned boxes of one image's anchors. */
export interface RotatedBoxReader {
  /** Writes cx, cy, width and height in pixels of the model's input, and the angle in radians,
   * clockwise. */
  read(anchor: number, out: Float32Array, at: number): void;
}

/** One image's raw outputs: anchors that each have a box and a score for every foreground class. */
export interface Anchors {
  readonly scores: ScoreMatrix;
  readonly activation: Activation;
  /** What scores are made of, to be checked. */
  readonly raw: readonly RawScores[];
  /** For heads whose candidates are the peaks of a map. */
  readonly isPeak?: (anchor: number, classIndex: number) => boolean;
  /** Whether an anchor has a box for each class; one for all when absent. */
  readonly hasBoxPerClass?: boolean;
  /** Boxes with a shorter side, in pixels of the input, are left out; none are when absent. */
  readonly minSide?: number;
  /** What the reader itself found wrong with the numbers of the image. */
  readonly problem?: OutputProblem | null;
  /** Writes xmin, ymin, xmax, ymax in pixels of the model's input: of turned boxes what is around
   * them.
   * @param classIndex the class that the box is read for
   */
  readBox(anchor: number, out: Float32Array, at: number, classIndex: number): void;
  /** What stands beside the boxes, each where the reader's `shapes` name it. They are read of rows
   * that are kept; turned boxes also of those that are compared with them, by their overlap as
   * Gaussians in the place of IoU. */
  readonly masks?: MaskGrid;
  readonly keypoints?: KeypointReader;
  readonly rotatedBoxes?: RotatedBoxReader;
}

/** The part of a detector's head that knows one family of models: where boxes and scores lie in the
 * raw outputs.
 */
export interface AnchorReader {
  /** Names of the outputs that it reads. */
  readonly outputs: readonly string[];
  /** What its anchors have beside boxes; nothing when absent. */
  readonly shapes?: readonly ShapeKind[];
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

/** The part of an embedding head that knows where the vector of an image lies in the raw outputs.
 */
export interface VectorReader {
  readonly outputs: readonly string[];
  /** The vector of one image, valid until the next call.
   * @throws QualmError `shape-mismatch`
   */
  read(outputs: TensorMap, image: number): Float32Array;
}

interface HeadBase<Options extends object> {
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
  /** The forms that it can give; both when absent. A model that keeps one score of each box has no
   * class scores: its head gives `['detections']`.
   */
  readonly forms?: readonly OutputForm[];
  /** What a spec would say where the outputs look like those that it reads: for drafts of specs.
   * Empty where they do not; several guesses where they leave something open.
   */
  recognise?(facts: OutputFacts): readonly HeadGuess<Options>[];
}

/** A head that finds boxes. Selection and suppression are ours, and its spec says any of
 * `SelectionSpec` too.
 */
export interface DetectorHead<Options extends object = HeadSpec> extends HeadBase<Options> {
  readonly kind?: undefined;
  /** Where a spec says nothing: over `scoreThreshold` 0.01, `iouThreshold` 0.6, `nms` per-class,
   * `maxCandidates` 1000, `maxDetections` 100, `duplicates` drop, `minScore` 0.5. */
  readonly defaults: SelectionSpec;
  /** @throws QualmError `spec-invalid` for options that contradict each other. */
  createReader(options: Options, context: ReaderContext): AnchorReader;
}

/** A head that gives one row of class scores for an image. */
export interface ClassifierHead<Options extends object = HeadSpec> extends HeadBase<Options> {
  readonly kind?: undefined;
  readonly defaults: null;
  /** @throws QualmError `spec-invalid` for options that contradict each other. */
  createReader(options: Options, context: ReaderContext): ScoresReader;
}

/** A head that gives one vector for an image, and knows no classes: its spec has no labels. */
export interface EmbeddingHead<Options extends object = HeadSpec> extends HeadBase<Options> {
  readonly kind: 'embedding';
  readonly defaults: null;
  /** @throws QualmError `spec-invalid` for options that contradict each other. */
  createReader(options: Options, context: ReaderContext): VectorReader;
}

/** A head as a value: what reads the raw outputs of one family of models. Nothing is registered
 * anywhere; `loadModel` takes it.
 */
export type HeadDefinition = DetectorHead | ClassifierHead | EmbeddingHead;

/** Heads under names of your choice; a spec names them by their `type`. @example { ...heads, mine }
 */
export type Heads = Readonly<Record<string, HeadDefinition>>;

/** What a spec says of a detector's head whose options have this schema. */
export type DetectorSpec<Type extends string, S> = Flat<{ readonly type: Type } & SchemaType<S> & SelectionSpec>;

/** What a spec says of a head without selection, whose options have this schema. */
export type ClassifierSpec<Type extends string, S> = Flat<{ readonly type: Type } & SchemaType<S>>;
