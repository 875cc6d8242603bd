/** Whether to stop labelling, and why. */
export interface StoppingDecision {
  readonly stop: boolean;
  /** The number that was compared with the threshold; NaN while there are too few rounds to tell.
   */
  readonly value: number;
  /** In a few words, with the numbers that decided. */
  readonly reason: string;
}

/** @throws RangeError when `threshold` is not in 0..1. */
export function assertThreshold(where: string, threshold: number): void {
  if (threshold >= 0 && threshold <= 1) return;
  throw new RangeError(`${where}: threshold is ${threshold}; expected 0 to 1`);
}

/** @throws RangeError when `window` is not a whole number from 1. */
export function assertWindow(where: string, window: number): void {
  if (Number.isInteger(window) && window >= 1) return;
  throw new RangeError(`${where}: window is ${window}; expected a whole number of 1 or more`);
}

/** What is said while there are fewer rounds than a criterion compares. */
export function tooFewRounds(rounds: number, wanted: number): StoppingDecision {
  return { stop: false, value: NaN, reason: `${rounds} of the ${wanted} rounds that are compared` };
}
