export { compareWithRandom } from './compare-with-random.ts';
export type { Comparison } from './compare-with-random.ts';
export type {
  ValueOrImport,
  /** @deprecated Use `ValueOrImport`. */
  ValueOrImport as Given,
} from './importable.ts';
export type { Classifier, Importable, LabelledRows, Learner } from './learner.ts';
export { logisticRegression } from './logistic-regression.ts';
export type { LogisticRegressionOptions } from './logistic-regression.ts';
export { random } from './query-strategy.ts';
export type { Query, QueryStrategy } from './query-strategy.ts';
export { simulate } from './simulate.ts';
export type { Oracle, Pool, SimulateOptions, Simulation } from './simulate.ts';
export { standardize } from './standardize.ts';
