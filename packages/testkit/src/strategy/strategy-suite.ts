import type { Strategy } from '@qualm/types';
import type { VitestApi } from '../backend/backend-suite.ts';

/** What a contract run needs to know of a strategy. */
export interface StrategySuite {
  /** Stands in the tests' names; the strategy's own name by default. */
  readonly name?: string;
  readonly vitest: VitestApi;
  readonly strategy: Strategy;
  /** The lengths of vector that it takes; 1, 2, 3 and 10 by default. */
  readonly numClasses?: readonly number[];
  /** What it reads: class scores in 0..1, or logits. Scores by default. */
  readonly input?: 'scores' | 'logits';
  /** `false` where classes are not alike, as with a weight for each, so that the place of a score
   * matters; `true` by default.
   */
  readonly symmetric?: boolean;
  /** How far `scoreRows` may be from `score`, relative to numbers above 1; 1e-9 by default. */
  readonly tolerance?: number;
}
