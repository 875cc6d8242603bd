/** The names that `--strategy` knows without a file. */
export const strategyNames = [
  'least-confidence',
  'margin',
  'ratio',
  'entropy',
  'gini',
  'label-entropy',
  'label-margin',
  'presence',
  'normalized-least-confidence',
  'normalized-entropy',
  'normalized-gini',
] as const;

export type StrategyName = (typeof strategyNames)[number];
