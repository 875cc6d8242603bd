import { QualmError } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { isMachineTrouble } from './row-error.ts';

/** Rows in trouble one after the other that end a run. */
const maxInARow = 20;

/** Failed rows at the beginning of a run that are held back: it may be that nothing comes but such.
 */
const maxHeld = 1000;

/** Holds rows back that should not be stored if the run comes to nothing. */
export interface TroubleGuard {
  /** The rows that may be stored now.
   * @throws QualmError `machine-trouble` when many in a row failed by no fault of theirs. */
  pass(row: Prediction): readonly Prediction[];
  /** The rows that were held back to the end.
   * @throws QualmError, with the code of the first, when all failed. */
  end(): readonly Prediction[];
}

/** @param mayAllFail for a run that goes on: what it does again may well fail again. */
export function createTroubleGuard(mayAllFail: boolean): TroubleGuard {
  let held: Prediction[] = [];
  let hasSucceeded = mayAllFail;
  let inARow = 0;

  function release(): readonly Prediction[] {
    const rows = held;
    held = [];
    return rows;
  }

  return {
    pass(row) {
      const isTrouble = row.error !== null && isMachineTrouble(row.error);
      inARow = isTrouble ? inARow + 1 : 0;
      hasSucceeded ||= row.error === null;
      held.push(row);
      if (inARow >= maxInARow) throw inARowError(held.at(-maxInARow)!);
      const isHeld = isTrouble || (!hasSucceeded && held.length < maxHeld);
      return isHeld ? [] : release();
    },
    end() {
      if (!hasSucceeded && held.length > 0) throw allError(held);
      return release();
    },
  };
}

function inARowError({ image_id, error }: Prediction): QualmError {
  return new QualmError(
    'machine-trouble',
    `predict: ${maxInARow} images in a row failed because of this machine, not of the images, and none of them is stored; the first is ` +
      `${JSON.stringify(image_id)}: ${error!.message}; fix that, then resume`,
  );
}

function allError(rows: readonly Prediction[]): QualmError {
  const { image_id, error } = rows[0]!;
  const { code, message } = error!;
  return new QualmError(
    code,
    `predict: all ${rows.length} images failed, and nothing is stored; the first is ${JSON.stringify(image_id)}: ${message}`,
  );
}
