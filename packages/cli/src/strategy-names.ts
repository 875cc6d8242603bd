/** The names that `--strategy` knows without a file. */
export const strategyNames = ['least-confidence', 'margin', 'ratio', 'entropy'] as const;

export type StrategyName = (typeof strategyNames)[number];
