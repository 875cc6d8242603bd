import { counted, countText } from '@qualm/types';
import type { OpenedSource } from '../input/open-images.ts';
import { assertGates } from '../output/gates.ts';
import type { Gate } from '../output/gates.ts';
import type { Reporter } from '../terminal/reporter.ts';
import type { RunCounts } from './predict-images.ts';
import { failureLines } from './tally.ts';

/** What the user asked to be told by the exit code. */
export interface GateOptions {
  readonly strict?: true | undefined;
  readonly failOn?: Gate | undefined;
}

/** What a run came to, for its last words. */
export type FinishedRun = Omit<RunCounts, 'boxes'> & Partial<Pick<RunCounts, 'boxes'>>;

/** The end of a command that ran a model over images: what was done, which images failed, the
 * result for `--json`, and the gates.
 * @param made what came of the images, in words: `12 boxes`.
 * @param of what one row is, and several; images when absent
 * @param more of the result, beside what is known of all runs.
 * @throws GateError
 */
export async function finishRun(
  source: OpenedSource,
  run: FinishedRun,
  {
    made,
    of = ['image', 'images'],
    more,
    gates,
  }: {
    readonly made: string;
    readonly of?: readonly [one: string, several: string];
    readonly more: object;
    readonly gates: GateOptions;
  },
  reporter: Reporter,
): Promise<void> {
  const { done, skipped, seconds, failed, boxes = 0, warned } = run;
  reporter.note(`${counted(done, ...of)} in ${seconds.toFixed(1)} s, ${made}, ${countText(failed)} failed`);
  for (const line of failureLines(run)) reporter.note(line);
  await reporter.result({ ...run, passedOver: source.passedOver, ...more });
  assertGates(gates, { images: source.length ?? done + skipped, failed, boxes, warned });
}
