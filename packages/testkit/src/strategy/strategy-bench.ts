import type { StrategySuite } from './strategy-suite.ts';

/** What every group of cases works with. */
export interface StrategyBench extends StrategySuite {
  readonly input: 'scores' | 'logits';
  readonly symmetric: boolean;
  readonly tolerance: number;
  /** The sample vectors of each length. */
  readonly samples: readonly { readonly numClasses: number; readonly vectors: readonly number[][] }[];
}

/** Whether two numbers are the same but for rounding. */
export function areNear(a: number, b: number, tolerance = 1e-9): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
