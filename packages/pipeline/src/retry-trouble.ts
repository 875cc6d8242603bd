import { setTimeout as sleep } from 'node:timers/promises';
import type { Prediction } from '@qualm/types';
import type { BatchPredictor } from './batch-predictor.ts';
import { isMachineTrouble } from './row-error.ts';

/** Milliseconds before each further attempt: a thread that died is replaced at once, a drive comes
 * back in its own time.
 */
export const defaultRetryDelays: readonly number[] = [0, 500, 3000];

/** A predictor that tries images again, each alone, whose error says nothing of them. A thread that
 * died has been replaced by then, and one that had no memory left has let go of what it had.
 * @param wasThere whether an image's file was there when the run began
 */
export function retryingTrouble<T extends object>(
  predictBatch: BatchPredictor<T>,
  delays: readonly number[],
  wasThere: (index: number) => boolean = () => false,
): BatchPredictor<T> {
  const attempt: BatchPredictor<T> = async (batch, signal) =>
    (await predictBatch(batch, signal)).map((row) => (wasThere(row.index) ? withoutVanished(row) : row));
  return async (batch, signal) => {
    const rows = await attempt(batch, signal);
    if (!rows.some(isInTrouble)) return rows;
    const again: Prediction<T>[] = [];
    for (const [place, row] of rows.entries()) {
      let last = row;
      // An image that came with its error, such as one that could not be opened, keeps it.
      const further = batch[place]!.record.error ? [] : delays;
      for (const delay of further) {
        if (!isInTrouble(last)) break;
        if (delay > 0) await sleep(delay, undefined, { signal });
        [last = row] = await attempt([batch[place]!], signal);
      }
      again.push(last);
    }
    return again;
  };
}

/** A file that was there, and is not, says something of its drive and nothing of itself. */
function withoutVanished<T extends object>(row: Prediction<T>): Prediction<T> {
  if (row.error?.code !== 'image-missing') return row;
  const message = `${row.error.message}; it was there when the run began: is its drive still there?`;
  return { ...row, error: { code: 'machine-trouble', message } };
}

function isInTrouble({ error }: { readonly error: Prediction['error'] }): boolean {
  return error !== null && isMachineTrouble(error);
}
