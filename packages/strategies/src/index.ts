export { createRandom, createSelection, toProbabilities, topRows } from '@qualm/types/rows';
export type {
  EntropyOptions,
  Matrix,
  SelectedRow,
  SelectedRows,
  TemperatureOptions,
  TieOptions,
  TopRowsOptions,
} from '@qualm/types/rows';

export { aggregate } from './aggregation/aggregate.ts';
export type { AggregateOptions } from './aggregation/aggregate.ts';
export type { Aggregation } from './aggregation/aggregation.ts';
export { classDifficulties } from './aggregation/class-difficulties.ts';
export type { ClassDifficultiesOptions, FoundObjects } from './aggregation/class-difficulties.ts';
export { difficultyWeights } from './aggregation/difficulty-weights.ts';
export type { DifficultyWeightsOptions } from './aggregation/difficulty-weights.ts';
export { leastSure, maximum, minimum } from './aggregation/extremes.ts';
export { foundObjects } from './aggregation/found-objects.ts';
export { defaultMinScore, imageMeasure } from './aggregation/image-measure.ts';
export type { ImageMeasure, ImageMeasureOptions } from './aggregation/image-measure.ts';
export { quantile } from './aggregation/quantile.ts';
export { countOfBoxes, meanOfBoxes, sumOfBoxes } from './aggregation/sums.ts';
export { topKMean } from './aggregation/top-k-mean.ts';
export { weighByClass } from './aggregation/weigh-by-class.ts';

export { bald } from './committee/bald.ts';
export { committeeColumn } from './committee/committee-column.ts';
export { consensusEntropy } from './committee/consensus-entropy.ts';
export type { CommitteeStrategy } from './committee/create-committee-strategy.ts';
export { entropyOfVotes } from './committee/entropy-of-votes.ts';
export { expectedEntropy } from './committee/expected-entropy.ts';
export { maxKullbackLeibler } from './committee/max-kullback-leibler.ts';
export { meanKullbackLeibler } from './committee/mean-kullback-leibler.ts';
export { predictiveVariance } from './committee/predictive-variance.ts';
export { variationRatio } from './committee/variation-ratio.ts';
export { voteEntropy } from './committee/vote-entropy.ts';

export type { CandidateOptions } from './composition/candidates.ts';
export type { Keys } from './composition/keys.ts';
export { linearCombination } from './composition/linear-combination.ts';
export type { LinearCombinationOptions } from './composition/linear-combination.ts';
export { orientColumn } from './composition/orient-column.ts';
export type { Quota } from './composition/quotas.ts';
export { rescale } from './composition/rescale.ts';
export type { RescaleOptions } from './composition/rescale.ts';
export type { ScoredColumn } from './composition/scored-column.ts';
export { diverseCandidates } from './composition/diverse-rows.ts';
export type { DiverseChoice, DiverseMethod } from './composition/diverse-rows.ts';
export { selectBatch } from './composition/select-batch.ts';
export type { BatchSelection, SelectBatchOptions, UnmetQuota } from './composition/select-batch.ts';
export { selectWithinBudget } from './composition/select-within-budget.ts';
export type { BudgetSelection, SelectWithinBudgetOptions } from './composition/select-within-budget.ts';
export { weightedProduct } from './composition/weighted-product.ts';
export type { WeightedProductOptions } from './composition/weighted-product.ts';

export { badge } from './diversity/badge.ts';
export type { BadgeOptions } from './diversity/badge.ts';
export { densityWeighted } from './diversity/density-weighted.ts';
export type { DensityWeightedOptions } from './diversity/density-weighted.ts';
export { embeddingMatrix } from './diversity/embedding-matrix.ts';
export type { EmbeddingMatrixOptions, EmbeddingRows } from './diversity/embedding-matrix.ts';
export type { Embeddings, Metric } from './diversity/embeddings.ts';
export { informationDensity } from './diversity/information-density.ts';
export type { InformationDensityOptions } from './diversity/information-density.ts';
export { kCenterGreedy } from './diversity/k-center-greedy.ts';
export type { KCenterGreedyOptions } from './diversity/k-center-greedy.ts';
export { kMeans } from './diversity/k-means.ts';
export type { Clustering, KMeansOptions } from './diversity/k-means.ts';
export { kMeansPlusPlus } from './diversity/k-means-plus-plus.ts';
export type { KMeansPlusPlusOptions } from './diversity/k-means-plus-plus.ts';
export type { LabelledOptions } from './diversity/labelled-points.ts';
export { maximalMarginalRelevance } from './diversity/maximal-marginal-relevance.ts';
export type { MaximalMarginalRelevanceOptions } from './diversity/maximal-marginal-relevance.ts';
export { nearDuplicates } from './diversity/near-duplicates.ts';
export type { NearDuplicatesOptions } from './diversity/near-duplicates.ts';
export { pickFromSample } from './diversity/pick-from-sample.ts';
export type { EmbeddingSample, PickFromSampleOptions } from './diversity/pick-from-sample.ts';
export { principalComponents } from './diversity/principal-components.ts';
export type { PrincipalComponents, PrincipalComponentsOptions } from './diversity/principal-components.ts';
export { probCover } from './diversity/prob-cover.ts';
export type { ProbCoverOptions } from './diversity/prob-cover.ts';
export { probCoverRadius } from './diversity/prob-cover-radius.ts';
export type { ProbCoverRadiusOptions } from './diversity/prob-cover-radius.ts';
export { typiClust } from './diversity/typi-clust.ts';
export type { TypiClustOptions } from './diversity/typi-clust.ts';
export { withoutNearDuplicates } from './diversity/without-near-duplicates.ts';
export type { DistinctRows, WithoutNearDuplicatesOptions } from './diversity/without-near-duplicates.ts';

export { boxVariance } from './localisation/box-variance.ts';
export { caldConsistency } from './localisation/cald-consistency.ts';
export type { CaldOptions } from './localisation/cald-consistency.ts';
export type { DetectionRun } from './localisation/detection-run.ts';
export { flipBoxes } from './localisation/flip-boxes.ts';
export { localisationStability } from './localisation/localisation-stability.ts';
export { scaleBoxes } from './localisation/scale-boxes.ts';

export { aggregationNamed } from './named/aggregation-named.ts';
export { strategyNamed } from './named/strategy-named.ts';
export { toStrategy } from './named/to-strategy.ts';
export type { StrategyPlace } from './named/to-strategy.ts';

export { orient } from './selection/orient.ts';

export { binary } from './uncertainty/binary.ts';
export { createEntropy } from './uncertainty/create-entropy.ts';
export { createGini } from './uncertainty/create-gini.ts';
export type { GiniOptions } from './uncertainty/create-gini.ts';
export { createLeastConfidence } from './uncertainty/create-least-confidence.ts';
export type { LeastConfidenceOptions } from './uncertainty/create-least-confidence.ts';
export { createStrategy } from './uncertainty/create-strategy.ts';
export type { ScoreFunction, StrategyExtras } from './uncertainty/create-strategy.ts';
export { entropy } from './uncertainty/entropy.ts';
export { fromLogits } from './uncertainty/from-logits.ts';
export { fromProbabilities } from './uncertainty/from-probabilities.ts';
export { gini } from './uncertainty/gini.ts';
export { leastConfidence } from './uncertainty/least-confidence.ts';
export { margin } from './uncertainty/margin.ts';
export { perLabel } from './uncertainty/per-label.ts';
export type { CombineLabels, PerLabelOptions } from './uncertainty/per-label.ts';
export { presence } from './uncertainty/presence.ts';
export { ratio } from './uncertainty/ratio.ts';
export { scoreColumn } from './uncertainty/score-column.ts';

export {
  /** @deprecated Use `countOfBoxes`. */
  countOfBoxes as count,
  /** @deprecated Use `meanOfBoxes`. */
  meanOfBoxes as mean,
  /** @deprecated Use `sumOfBoxes`. */
  sumOfBoxes as sum,
} from './aggregation/sums.ts';
export type {
  /** @deprecated Use `SelectedRow`. */
  SelectedRow as Pick,
  /** @deprecated Use `SelectedRows`. */
  SelectedRows as Selection,
} from '@qualm/types/rows';
export { matchBoxes } from './deprecated/match-boxes.ts';
export type { BoxMatch, MatchBoxesOptions } from './deprecated/match-boxes.ts';
export {
  /** @deprecated Import it from `@qualm/evaluation`. */
  averagePrecision,
  /** @deprecated Import it from `@qualm/evaluation`. */
  badlyLocatedScores,
  /** @deprecated Import it from `@qualm/evaluation`. */
  boxErrorEvidence,
  /** @deprecated Import it from `@qualm/evaluation`. */
  brierScore,
  /** @deprecated Import it from `@qualm/evaluation`. */
  classificationChange,
  /** @deprecated Import it from `@qualm/evaluation`. */
  classwiseCalibrationError,
  /** @deprecated Import it from `@qualm/evaluation`. */
  cohensKappa,
  /** @deprecated Import it from `@qualm/evaluation`. */
  confidentJoint,
  /** @deprecated Import it from `@qualm/evaluation`. */
  confidentThresholds,
  /** @deprecated Import it from `@qualm/evaluation`. */
  confusedPairs,
  /** @deprecated Import it from `@qualm/evaluation`. */
  confusionTable,
  /** @deprecated Import it from `@qualm/evaluation`. */
  deltaF,
  /** @deprecated Import it from `@qualm/evaluation`. */
  detectionConfusionTable,
  /** @deprecated Import it from `@qualm/evaluation`. */
  detectionMistakenness,
  /** @deprecated Import it from `@qualm/evaluation`. */
  expectedCalibrationError,
  /** @deprecated Import it from `@qualm/evaluation`. */
  findLabelErrors,
  /** @deprecated Import it from `@qualm/evaluation`. */
  fitTemperature,
  /** @deprecated Import it from `@qualm/evaluation`. */
  kappaAverage,
  /** @deprecated Import it from `@qualm/evaluation`. */
  labelledBoxes,
  /** @deprecated Import it from `@qualm/evaluation`. */
  labelQuality,
  /** @deprecated Import it from `@qualm/evaluation`. */
  matchDetections,
  /** @deprecated Import it from `@qualm/evaluation`. */
  mistakenness,
  /** @deprecated Import it from `@qualm/evaluation`. */
  negativeLogLikelihood,
  /** @deprecated Import it from `@qualm/evaluation`. */
  objectLabelQuality,
  /** @deprecated Import it from `@qualm/evaluation`. */
  overallUncertainty,
  /** @deprecated Import it from `@qualm/evaluation`. */
  overlookedScores,
  /** @deprecated Import it from `@qualm/evaluation`. */
  reliabilityTable,
  /** @deprecated Import it from `@qualm/evaluation`. */
  swappedScores,
} from '@qualm/evaluation';
export type {
  /** @deprecated Import it from `@qualm/evaluation`. */
  AveragePrecision,
  /** @deprecated Import it from `@qualm/evaluation`. */
  AveragePrecisionOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  BinOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  BoxAnnotation,
  /** @deprecated Import it from `@qualm/evaluation`. */
  BoxErrorKind,
  /** @deprecated Import it from `@qualm/evaluation`. */
  BoxErrorScores,
  /** @deprecated Import it from `@qualm/evaluation`. */
  Calibration,
  /** @deprecated Import it from `@qualm/evaluation`. */
  CalibrationErrorOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  CalibrationNorm,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ClassificationChangeOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ClassPrecision,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ConfidentJointOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ConfusedPair,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ConfusedPairsOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ConfusionTable,
  /** @deprecated Import it from `@qualm/evaluation`. */
  DeltaFOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  DetectionConfusionOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  DetectionMistakenness,
  /** @deprecated Import it from `@qualm/evaluation`. */
  DetectionMistakennessOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  FindLabelErrorsOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  FitTemperatureOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  KappaAverageOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  LabelErrorFilter,
  /** @deprecated Import it from `@qualm/evaluation`. */
  LabelledBoxes,
  /** @deprecated Import it from `@qualm/evaluation`. */
  LabelQualityMethod,
  /** @deprecated Import it from `@qualm/evaluation`. */
  LabelQualityOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  MatchDetectionsOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  MistakennessOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ObjectLabelQuality,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ObjectLabelQualityOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ObjectLabOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  OverallUncertaintyOptions,
  /** @deprecated Import it from `@qualm/evaluation`. */
  PredictedBoxes,
  /** @deprecated Import it from `@qualm/evaluation`. */
  PredictionRounds,
  /** @deprecated Import it from `@qualm/evaluation`. */
  ReliabilityTable,
  /** @deprecated Import it from `@qualm/evaluation`. */
  StoppingDecision,
  /** @deprecated Import it from `@qualm/evaluation`. */
  TemperatureFit,
} from '@qualm/evaluation';
