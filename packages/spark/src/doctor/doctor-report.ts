/** What one check of the doctor found. */
export interface SparkCheck {
  readonly name: 'spark' | 'cat' | 'hosts' | 'system' | 'memory' | 'worker' | 'fingerprints';
  /** `warning` is worth a look and ends no prediction. */
  readonly status: 'fine' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly found: string;
  /** What to do about it; null where there is nothing to do. */
  readonly advice: string | null;
}

/** What the doctor found: in the order that it looked. */
export interface SparkReport {
  readonly isFine: boolean;
  readonly checks: readonly SparkCheck[];
}
