import { mergePredictions } from '@qualm/datasets';
import { counted, countText } from '@qualm/types';
import { assertNotInterrupted } from '../../terminal/interrupted.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What `qualm merge` was asked for: absolute paths. */
export interface MergeCommandOptions {
  readonly shares: readonly string[];
  readonly out: string;
}

/** Puts the shares of a run together. */
export async function runMerge(
  { shares, out }: MergeCommandOptions,
  { signal }: Terminal,
  reporter: Reporter,
): Promise<void> {
  assertNotInterrupted(signal);
  const merged = await mergePredictions(shares, out, {
    signal,
    onProgress: (progress) => reporter.progress('merge', progress),
    onWarning: (message) => reporter.warn(message),
  }).finally(() => reporter.settle());
  const images = `${counted(merged.images, 'image')} of ${counted(merged.shares, 'share')}`;
  reporter.note(`${images}, ${countText(merged.failed)} failed; look at ${out}`);
  await reporter.result({ ...merged, out });
}
