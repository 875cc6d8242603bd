export type { Backend, BackendModel, Backends, LoadOptions, ModelFiles, RunOptions, Warning } from './backend.ts';
export { Box2d } from './box2d.ts';
export type { BoxSpace } from './box2d.ts';
export type { BoxArrays, Boxes, ClassScore, GroundTruth, ScoredBoxArrays } from './boxes.ts';
export { ClassScoresColumn } from './class-scores-column.ts';
export type {
  ClassScoresColumnArrays,
  /** @deprecated Use `ClassScoresColumnArrays`. */
  ClassScoresColumnArrays as ClassScoresColumnParts,
} from './class-scores-column.ts';
export type { Column } from './column.ts';
export { boxesFromRows, createBoxes } from './create-boxes.ts';
export type { BoxRow } from './create-boxes.ts';
export { csvField } from './csv-field.ts';
export type {
  ImageList,
  ImageRecord,
  ImageSource,
  ImageStream,
  Prediction,
  PredictionSink,
  RowError,
} from './dataset.ts';
export { decodeUtf8 } from './decode-utf8.ts';
export { ClassScores, Detections } from './detections.ts';
export { DetectionsColumn } from './detections-column.ts';
export type {
  DetectionsColumnArrays,
  /** @deprecated Use `DetectionsColumnArrays`. */
  DetectionsColumnArrays as DetectionsColumnParts,
} from './detections-column.ts';
export type { Detection, HeadForm, OutputForm, HeadOutput, Rows, ScoredBox } from './detections.ts';
export { fileLeftBehind } from './file-left-behind.ts';
export type { OwnFile } from './file-left-behind.ts';
export { filePlace } from './file-place.ts';
export { foreignFile, foreignFileBytes } from './foreign-file.ts';
export type { ForeignFile } from './foreign-file.ts';
export type { ImageGeometry, Size } from './geometry.ts';
export { findHead, headFaults } from './find-head.ts';
export type { CreateHeadOptions, Head, HeadOptions, OutputProblem, ReportProblem } from './head.ts';
export type {
  Activation,
  AnchorReader,
  Anchors,
  ClassifierHead,
  ClassifierSpec,
  DetectorHead,
  DetectorSpec,
  HeadDefinition,
  HeadOptionsSchema,
  Heads,
  ImageScores,
  ReaderContext,
  ScoresReader,
} from './head-definition.ts';
export { Image } from './image.ts';
export type { Label } from './label.ts';
export { Mask } from './mask.ts';
export type { CocoSegmentation, MaskEncoding } from './mask.ts';
export type { HeadSpec, InputSpec, ModelSpec, SelectionSpec } from './model-spec.ts';
export type { Ring } from './mask-rings.ts';
export type { Preprocessor, Vision } from './preprocessor.ts';
export type { RawScores, ScoreMatrix } from './raw-scores.ts';
export { isOutOfMemory } from './out-of-memory.ts';
export { printable, printableLines } from './printable.ts';
export { QualmError } from './qualm-error.ts';
export type { QualmErrorCode } from './qualm-error.ts';
export type { ModelRegistry, ResolvedModel } from './registry.ts';
export { scoreKindOf } from './score-kind.ts';
export type { RowMeaning, ScoreKind, Task } from './score-kind.ts';
export type { OpenSession, Session, SessionInfo, SessionPlan } from './session.ts';
export type { ScoresColumn } from './scores-column.ts';
export type { Schema, SchemaType } from './schema.ts';
export { shortestFloat32 } from './shortest-float32.ts';
export type { RankOrder, Strategy } from './strategy.ts';
export type { RowOffsets } from './flat-rows.ts';
export { createTensor, tensorSize, tensorStorage } from './tensor.ts';
export type { DType, Tensor, TensorInfo, TensorMap, TensorStorage } from './tensor.ts';
export {
  assertArray,
  assertChoice,
  assertColumn,
  assertFunction,
  assertFunctions,
  assertIterable,
  assertNumber,
  assertNumbers,
  assertObject,
  assertOptions,
  assertString,
  assertText,
  assertWhole,
  hasFunctions,
  isColumn,
} from './assert-argument.ts';
export { wrongArgument } from './wrong-argument.ts';
