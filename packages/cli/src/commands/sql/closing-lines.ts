import type { SqlProgress } from '@qualm/sql';
import { counted, countText } from '@qualm/types';
import { durationText } from '../../terminal/progress-line.ts';
import type { PrintedResult } from './print-result.ts';

/** What a statement did. */
export interface DoneStatement {
  /** Null where it gives no rows. */
  readonly printed: PrintedResult | null;
  /** Rows that it changed, null where it changes none. */
  readonly changed: number | null;
  readonly progress: SqlProgress;
  readonly seconds: number;
}

/** What is said after a statement: what was not printed, and where it is asked for what was done
 * and how long it took.
 */
export function closingLines(
  { printed, changed, progress, seconds }: DoneStatement,
  { timing, isTalkative }: { readonly timing: boolean; readonly isTalkative: boolean },
): string[] {
  const lines: string[] = [];
  const more = printed ? printed.rows - printed.printed : 0;
  if (printed && more > 0) lines.push(`${counted(more, 'more row')}; --limit ${printed.rows} prints all`);
  if (printed && printed.hidden.length > 0)
    lines.push(`no room for ${printed.hidden.join(', ')}; name fewer columns, or print JSON or CSV`);
  const done = printed
    ? counted(printed.rows, 'row')
    : changed === null
      ? 'done'
      : `${counted(changed, 'row')} changed`;
  if (timing) lines.push(`${done} in ${timeText(seconds)}${imagesText(progress)}`);
  else if (isTalkative) lines.push(done);
  return lines;
}

function timeText(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(3)} s` : durationText(seconds);
}

function imagesText({ predicted, cached, failed }: SqlProgress): string {
  const run = predicted + failed;
  return run + cached === 0 ? '' : `; ${counted(run, 'image')} predicted, ${countText(cached)} from the cache`;
}
