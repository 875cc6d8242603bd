import { QualmError } from '@qualm/types';
import type { QualmErrorCode, RowError } from '@qualm/types';

/** Problems of single rows, counted, and the first of them listed. */
export interface ProblemList {
  readonly count: number;
  readonly listed: readonly RowError[];
  /** @throws QualmError with this code and message, in a strict list. */
  add(code: QualmErrorCode, message: string): RowError;
}

const maxListed = 1000;

export function createProblemList(strict: boolean): ProblemList {
  const listed: RowError[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    listed,
    add(code, message) {
      if (strict) throw new QualmError(code, message);
      const problem = { code, message };
      if (count++ < maxListed) listed.push(problem);
      return problem;
    },
  };
}
