import { QualmError } from '@qualm/types';

/** Statements in turn, few enough at once that a thread of libuv's pool stays free. Each takes
 * one of them, and waits in it for images that another reads and decodes: with none left, all
 * would wait for ever. */
export interface PoolTurns {
  /** Does the work when it is its turn.
   * @throws QualmError `aborted` where the signal comes before it. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** @param most how many work at once. */
export function createPoolTurns(most: number): PoolTurns {
  const waiting: (() => void)[] = [];
  let working = 0;
  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(cancelled());
      };
      waiting.push(begin);
      signal.addEventListener('abort', leave, { once: true });
    });
  return {
    async run(work, signal) {
      if (working < most) working++;
      else if (signal.aborted) throw cancelled();
      else await wait(signal);
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else working--;
      }
    },
  };
}

function cancelled(): QualmError {
  return new QualmError('aborted', 'sql: the statement was cancelled');
}

/** How many statements the threads of libuv's pool can bear, from the variable UV_THREADPOOL_SIZE.
 * @throws QualmError `query-failed` where there is one thread. */
export function mostStatements(poolSize: string | undefined): number {
  const given = Number.parseInt(poolSize ?? '4', 10);
  const threads = Math.min(Number.isNaN(given) ? 1 : given, 1024);
  if (threads > 1) return threads - 1;
  throw new QualmError(
    'query-failed',
    `sql: UV_THREADPOOL_SIZE is ${poolSize}; a statement needs one of those threads and its images another: set 2 or more`,
  );
}
