import { counted, maskUri, QualmError } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { isMachineTrouble } from './row-error.ts';

/** Rows in trouble one after the other that end a run. */
const maxInARow = 20;

/** Failed rows at the beginning of a run that are held back: it may be that nothing comes but such.
 */
const maxHeld = 1000;

/** Holds rows back that should not be stored if the run comes to nothing. */
export interface TroubleGuard<T extends object> {
  /** The rows that may be stored now.
   * @throws QualmError `machine-trouble` or `access-denied` when many in a row failed by no fault
   * of theirs.
   */
  pass(row: Prediction<T>): readonly Prediction<T>[];
  /** The rows that were held back to the end.
   * @throws QualmError, with the code of the first, when all failed. */
  end(): readonly Prediction<T>[];
}

/** @param verb what is done to the images, for messages.
 * @param mayAllFail for a run that goes on: what it does again may well fail again. */
export function createTroubleGuard<T extends object>(verb: string, mayAllFail: boolean): TroubleGuard<T> {
  let held: Prediction<T>[] = [];
  let hasSucceeded = mayAllFail;
  let inARow = 0;

  function release(): readonly Prediction<T>[] {
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
      if (inARow >= maxInARow) throw inARowError(verb, held.at(-maxInARow)!);
      const isHeld = isTrouble || (!hasSucceeded && held.length < maxHeld);
      return isHeld ? [] : release();
    },
    end() {
      if (!hasSucceeded && held.length > 0) throw allError(verb, held);
      return release();
    },
  };
}

function inARowError(verb: string, { image_id, error }: Prediction<object>): QualmError {
  const { code, message } = error!;
  const reason = code === 'access-denied' ? 'for want of access' : 'because of this machine, not of the images';
  return new QualmError(
    code,
    `${verb}: ${maxInARow} images in a row failed ${reason}, and none of them is stored; the first is ` +
      `${JSON.stringify(shownId(image_id))}: ${message}; fix that, then resume`,
  );
}

function allError(verb: string, rows: readonly Prediction<object>[]): QualmError {
  const { image_id, error } = rows[0]!;
  const { code, message } = error!;
  const all = rows.length === 1 ? 'the only image' : `all ${counted(rows.length, 'image')}`;
  return new QualmError(
    code,
    `${verb}: ${all} failed, and nothing is stored; the first is ${JSON.stringify(shownId(image_id))}: ${message}`,
  );
}

/** The id of an image may be its URI. */
function shownId(id: string | number): string | number {
  return typeof id === 'string' ? maskUri(id) : id;
}
