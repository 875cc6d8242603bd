export { createEntropy } from './create-entropy.ts';
export { createStrategy } from './create-strategy.ts';
export type { ScoreFunction } from './create-strategy.ts';
export { entropy } from './entropy.ts';
export type { EntropyOptions } from './finish-entropy.ts';
export { leastConfidence } from './least-confidence.ts';
export { margin } from './margin.ts';
export { ratio } from './ratio.ts';
export { scoreColumn } from './score-column.ts';
