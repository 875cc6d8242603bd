import type { Matrix } from '@qualm/strategies';

/** Rows and the class of each. */
export interface LabelledRows {
  /** Row-major [n, numFeatures]. */
  readonly features: Matrix;
  readonly numFeatures: number;
  /** n classes from 0 to numClasses - 1; some may have no row yet. */
  readonly labels: Int32Array;
  readonly numClasses: number;
  /** Numbers from 0 to below 1, the same ones for the same seed: for learners that start from
   * chance.
   */
  readonly random: () => number;
}

/** What a learner has learnt. */
export interface Classifier {
  /** Row-major [n, numFeatures] to the probabilities of classes, [n, numClasses]; a class that was
   * never seen has 0.
   */
  predict(features: Matrix, numFeatures: number): Float64Array | Promise<Float64Array>;
}

/** A model that is trained anew in each round of a simulation. */
export interface Learner {
  readonly name: string;
  fit(rows: LabelledRows): Classifier | Promise<Classifier>;
  /** How a worker thread makes the same learner. */
  readonly origin?: Importable;
}

/** An export of a module, which worker threads can import: the thing itself or, with `arguments`, a
 * function that makes it.
 */
export interface Importable {
  /** URL of the module; or a package that `@qualm/simulator` can import. */
  readonly module: string;
  readonly export: string;
  /** What the export is called with, as structured clone leaves it; absent where it is the thing
   * itself.
   */
  readonly arguments?: readonly unknown[];
}
