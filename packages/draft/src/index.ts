export { draftModelSpec } from './draft-model-spec.ts';
export type { Draft, DraftOptions, DraftProgress } from './draft-model-spec.ts';
export type { Hypothesis } from './rank-hypotheses.ts';
export type { Consistency } from './self-consistency.ts';
