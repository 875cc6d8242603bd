import { assertFunction, assertOptions, assertText, filePlace, QualmError } from '@qualm/types';
import { createQueue } from './create-queue.ts';
import { startThread } from './start-thread.ts';
import type { Thread, ThreadOptions } from './start-thread.ts';
import { startThreads } from './start-threads.ts';

/** Worker threads that share one queue, first come, first served. */
export interface ThreadPool<Request, Answer, Info> {
  /** What the first thread's service says of itself. */
  readonly info: Info;
  /** How many threads there are. */
  readonly size: number;
  /** The answer of whichever thread is free first.
   * @throws QualmError what the service threw; `aborted`, at once, even where a thread is at it
   * already; `machine-trouble` when the thread ended meanwhile; `failureCode` when the pool was
   * disposed of.
   */
  run(request: Request, options?: { readonly signal?: AbortSignal | undefined }): Promise<Answer>;
  /** Waits for the requests that it has, then ends the threads. Safe to call twice. */
  dispose(): Promise<void>;
}

/** How a pool is made, and each of its threads. */
export interface ThreadPoolOptions<Request, Info> extends ThreadOptions<Request> {
  /** How many threads; or a function of what the first says of itself, which then is started before
   * the others in any case.
   */
  readonly threads: number | ((first: Info) => number);
  /** What the entry's `start` is called with, cloned: of the first thread without an argument, of
   * all others, and of those that replace a lost one, with what the first says of itself. */
  readonly workerData?: (first?: Info) => unknown;
  /** Gives up starting. What starts already is ended once it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** A pool of threads that are ready. The first is started alone, so that a fault is met once and
 * not once for each.
 *
 * A thread is given two requests at most, one to work at and one to go on with, so that no core
 * idles between requests. A thread that ends takes the request with it that it was at, and is
 * replaced; a request that it never came to is asked again. While no request is under way the
 * threads do not keep the process alive.
 * @throws QualmError what the entry's `start` threw; `failureCode` when a thread ends before it is
 * ready; `backend-unavailable` where `entry` is not there; `aborted`.
 * @throws RangeError when `threads` is not a whole number of 1 or more, or `entry` no place of a
 * file.
 * @example const pool = await createThreadPool<number, number>({ entry, name: 'square', threads: 2 }); await pool.run(3) // 9
 */
export async function createThreadPool<Request, Answer, Info = unknown>(
  options: ThreadPoolOptions<Request, Info>,
): Promise<ThreadPool<Request, Answer, Info>> {
  assertPoolOptions(options);
  const { threads, workerData = () => undefined, signal, ...shared } = options;
  const { name, failureCode = 'predict-failed' } = shared;
  const entry = filePlace('createThreadPool', 'entry', shared.entry);
  const start = (first?: Info): Promise<Thread<Info>> => startThread({ ...shared, entry, data: workerData(first) });
  const aborted = (by: AbortSignal): QualmError =>
    new QualmError('aborted', `${name}: aborted by the signal that came with the call`, { cause: by.reason });

  const started = await startThreads(start, threads, signal, aborted);
  const { info } = started[0]!;
  const queue = createQueue(started, () => start(info), aborted);
  let disposed: Promise<void> | undefined;
  const enqueue = async (request: Request, signal: AbortSignal | undefined): Promise<unknown> => {
    if (disposed) throw new QualmError(failureCode, `${name}: was disposed of, and takes no more requests`);
    if (signal?.aborted) throw aborted(signal);
    return queue.add(request, signal);
  };
  return {
    info,
    size: started.length,
    run: async (request, { signal } = {}) => (await enqueue(request, signal)) as Answer,
    dispose: () => (disposed ??= queue.close()),
  };
}

function assertPoolOptions<Request, Info>(options: ThreadPoolOptions<Request, Info>): void {
  assertOptions('createThreadPool', options, "{ entry, name: 'square', threads: 2 }");
  const { name, workerData } = options;
  assertText('createThreadPool', 'name', name, "a text, such as 'square'");
  if (workerData !== undefined)
    assertFunction('createThreadPool', 'workerData', workerData, 'a function, such as () => data');
}
