export type { BinOptions, ReliabilityTable } from './calibration/bin-outcomes.ts';
export { brierScore } from './calibration/brier-score.ts';
export { classwiseCalibrationError } from './calibration/classwise-calibration-error.ts';
export type { CalibrationNorm } from './calibration/error-of-bins.ts';
export { expectedCalibrationError } from './calibration/expected-calibration-error.ts';
export type { CalibrationErrorOptions } from './calibration/expected-calibration-error.ts';
export { fitTemperature } from './calibration/fit-temperature.ts';
export type { Calibration, FitTemperatureOptions, TemperatureFit } from './calibration/fit-temperature.ts';
export { negativeLogLikelihood } from './calibration/negative-log-likelihood.ts';
export { reliabilityTable } from './calibration/reliability-table.ts';

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

export { embeddingMatrix } from './diversity/embedding-matrix.ts';
export type { EmbeddingMatrixOptions, EmbeddingRows } from './diversity/embedding-matrix.ts';
export type { Embeddings, Metric } from './diversity/embeddings.ts';
export { kCenterGreedy } from './diversity/k-center-greedy.ts';
export type { KCenterGreedyOptions } from './diversity/k-center-greedy.ts';
export type { LabelledOptions } from './diversity/labelled-points.ts';

export { caldConsistency } from './localisation/cald-consistency.ts';
export type { CaldOptions } from './localisation/cald-consistency.ts';
export type { DetectionRun } from './localisation/detection-run.ts';
export { flipBoxes } from './localisation/flip-boxes.ts';
export { localisationStability } from './localisation/localisation-stability.ts';
export { scaleBoxes } from './localisation/scale-boxes.ts';

export { createRandom } from './numbers/create-random.ts';
export type { Matrix } from './numbers/matrix.ts';

export { createSelection } from './selection/create-selection.ts';
export type { Pick, Selection } from './selection/create-selection.ts';
export { orient } from './selection/orient.ts';
export type { TieOptions } from './selection/ties.ts';
export { topRows } from './selection/top-rows.ts';
export type { TopRowsOptions } from './selection/top-rows.ts';

export type { TemperatureOptions } from './uncertainty/activation.ts';
export { binary } from './uncertainty/binary.ts';
export { createEntropy } from './uncertainty/create-entropy.ts';
export { createGini } from './uncertainty/create-gini.ts';
export type { GiniOptions } from './uncertainty/create-gini.ts';
export { createLeastConfidence } from './uncertainty/create-least-confidence.ts';
export type { LeastConfidenceOptions } from './uncertainty/create-least-confidence.ts';
export { createStrategy } from './uncertainty/create-strategy.ts';
export type { ScoreFunction, StrategyExtras } from './uncertainty/create-strategy.ts';
export { entropy } from './uncertainty/entropy.ts';
export type { EntropyOptions } from './uncertainty/finish-entropy.ts';
export { fromLogits } from './uncertainty/from-logits.ts';
export { fromProbabilities } from './uncertainty/from-probabilities.ts';
export { gini } from './uncertainty/gini.ts';
export { leastConfidence } from './uncertainty/least-confidence.ts';
export { margin } from './uncertainty/margin.ts';
export { perLabel } from './uncertainty/per-label.ts';
export type { CombineLabels, PerLabelOptions } from './uncertainty/per-label.ts';
export { ratio } from './uncertainty/ratio.ts';
export { scoreColumn } from './uncertainty/score-column.ts';
export { toProbabilities } from './uncertainty/to-probabilities.ts';
