import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';

/** @deprecated Use `GroundTruth` of `@qualm/types`. */
export type LabelledBoxes = GroundTruth;

/** @deprecated Use `ScoredBoxArrays` of `@qualm/types`. */
export type PredictedBoxes = ScoredBoxArrays;
