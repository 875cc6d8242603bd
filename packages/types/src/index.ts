export type { Backend, BackendModel, Backends, LoadOptions, ModelFiles, RunOptions, Warning } from './backend.ts';
export { BoxShapes } from './box-shapes.ts';
export type { BoxShapeArrays, KeypointArrays } from './box-shapes.ts';
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
export { counted, countText } from './counted.ts';
export { boxesFromRows, createBoxes } from './create-boxes.ts';
export type { BoxRow } from './create-boxes.ts';
export { csvField } from './csv-field.ts';
export type {
  Embedding,
  EmbeddingSink,
  ImageList,
  ImageRecord,
  ImageSource,
  ImageStream,
  Prediction,
  PredictionSink,
  RowError,
} from './dataset.ts';
export { decodeUtf8 } from './decode-utf8.ts';
export { distinctNames } from './distinct-names.ts';
export { ClassScores, Detections } from './detections.ts';
export { DetectionsColumn } from './detections-column.ts';
export type {
  DetectionsColumnArrays,
  /** @deprecated Use `DetectionsColumnArrays`. */
  DetectionsColumnArrays as DetectionsColumnParts,
} from './detections-column.ts';
export type {
  Detection,
  DetectionJson,
  HeadForm,
  OutputForm,
  HeadOutput,
  Rows,
  ScoredBox,
  ScoredBoxJson,
} from './detections.ts';
export { fileLeftBehind } from './file-left-behind.ts';
export type { OwnFile } from './file-left-behind.ts';
export { filePlace } from './file-place.ts';
export { formOf, hasClassScores, hasLabels } from './form-of.ts';
export { foreignFile, foreignFileBytes, foreignFolder } from './foreign-file.ts';
export type { ForeignFile } from './foreign-file.ts';
export { fromFloat16, toFloat16, widenFloat16 } from './float16.ts';
export type { ImageGeometry, Size } from './geometry.ts';
export { callPlugin } from './call-plugin.ts';
export { findHead, headFaults } from './find-head.ts';
export { namedHead } from './named-head.ts';
export type { CreateHeadOptions, Head, HeadOptions, OutputProblem, ReportProblem, VectorHead } from './head.ts';
export type {
  Activation,
  AnchorReader,
  Anchors,
  ClassifierHead,
  ClassifierSpec,
  DetectorHead,
  EmbeddingHead,
  DetectorSpec,
  HeadDefinition,
  HeadOptionsSchema,
  Heads,
  ImageScores,
  KeypointReader,
  MaskCells,
  MaskGrid,
  ReaderContext,
  RotatedBoxReader,
  ScoresReader,
  VectorReader,
} from './head-definition.ts';
export type { HeadGuess, OutputFacts } from './head-guess.ts';
export { Image } from './image.ts';
export { inputPreset, inputPresetNames } from './input-presets.ts';
export type { PresetInput } from './input-presets.ts';
export { ioAdvice } from './io-advice.ts';
export type { Label } from './label.ts';
export { Mask } from './mask.ts';
export { maskUri } from './mask-uri.ts';
export type { CocoSegmentation, MaskEncoding } from './mask.ts';
export { MaskColumn } from './mask-column.ts';
export type { MaskArrays } from './mask-column.ts';
export type { HeadSpec, InputSpec, ModelSpec, SelectionSpec } from './model-spec.ts';
export type { Ring } from './mask-rings.ts';
export type { OpenUri } from './open-uri.ts';
export type { FillOptions, Preprocessor, Vision } from './preprocessor.ts';
export type { RawScores, ScoreMatrix } from './raw-scores.ts';
export { isRemoteUri } from './is-remote-uri.ts';
export { isOutOfMemory } from './out-of-memory.ts';
export { printable, printableLines } from './printable.ts';
export { QualmError } from './qualm-error.ts';
export type { QualmErrorCode } from './qualm-error.ts';
export type { ModelRegistry, ResolvedModel } from './registry.ts';
export type { RotatedBox, RowShapes, RowShapesJson, ShapeKind } from './row-shapes.ts';
export { scoreKindOf } from './score-kind.ts';
export type { RowMeaning, ScoreKind, Task } from './score-kind.ts';
export type { OpenSession, Session, SessionInfo, SessionPlan } from './session.ts';
export type { ScoresColumn } from './scores-column.ts';
export type { Schema, SchemaType } from './schema.ts';
export { shortestFloat32 } from './shortest-float32.ts';
export { isTiny, powerText, shortNumber } from './short-number.ts';
export type { RankOrder, Strategy } from './strategy.ts';
export { strategyWords } from './strategy-words.ts';
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
export { workerVersion } from './worker-lines.ts';
export type { WorkerAnswer, WorkerRequest } from './worker-lines.ts';
