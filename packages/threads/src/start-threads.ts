import type { QualmError } from '@qualm/types';
import type { Thread } from './start-thread.ts';

/** Ready threads: one, and then as many more as wanted, all at once. When one fails or `signal`
 * aborts, none is left.
 */
export async function startThreads<Info>(
  start: (first?: Info) => Promise<Thread<Info>>,
  threads: number | ((first: Info) => number),
  signal: AbortSignal | undefined,
  aborted: (by: AbortSignal) => QualmError,
): Promise<readonly Thread<Info>[]> {
  if (typeof threads !== 'function') checkCount(threads);
  if (signal?.aborted) throw aborted(signal);
  const starting = startAll(start, threads, signal);
  if (signal === undefined) return starting;
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      signal.removeEventListener('abort', abort);
      then();
    };
    const abort = (): void => {
      reject(aborted(signal));
      void starting.then(stopAll, () => undefined);
    };
    signal.addEventListener('abort', abort, { once: true });
    starting.then(
      (started) => settle(() => resolve(started)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

async function startAll<Info>(
  start: (first?: Info) => Promise<Thread<Info>>,
  threads: number | ((first: Info) => number),
  signal: AbortSignal | undefined,
): Promise<readonly Thread<Info>[]> {
  const first = await start();
  const started = [first];
  try {
    const count = typeof threads === 'number' ? threads : checkCount(threads(first.info));
    const more = signal?.aborted ? 0 : count - 1;
    const others = await Promise.allSettled(Array.from({ length: more }, () => start(first.info)));
    for (const other of others) if (other.status === 'fulfilled') started.push(other.value);
    const failed = others.find((other) => other.status === 'rejected');
    if (failed) throw failed.reason;
    return started;
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

async function stopAll(threads: readonly { stop(): Promise<void> }[]): Promise<void> {
  await Promise.all(threads.map((thread) => thread.stop()));
}

function checkCount(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1) return threads;
  throw new RangeError(`createThreadPool: threads is ${String(threads)}, expected a whole number of 1 or more`);
}
