import type { QualmError } from '@qualm/types';
import { NeverStarted } from './start-thread.ts';
import type { Thread } from './start-thread.ts';

/** Requests on their way to threads. */
export interface Queue {
  add(request: unknown, signal: AbortSignal | undefined): Promise<unknown>;
  /** Waits for the requests that it has, then stops the threads. */
  close(): Promise<void>;
}

interface Job {
  readonly request: unknown;
  readonly signal: AbortSignal | undefined;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

// One request is worked at and one waits in the thread, so that a busy caller leaves no core idle
// between requests.
const requestsPerThread = 2;

/** @param restart makes a thread in the place of one that was lost. */
export function createQueue<Info>(
  first: readonly Thread<Info>[],
  restart: () => Promise<Thread<Info>>,
  aborted: (by: AbortSignal) => QualmError,
): Queue {
  const threads = new Set<Thread<Info>>();
  const waiting: Job[] = [];
  const unsettled = new Set<Promise<unknown>>();
  const restarts = new Set<Promise<void>>();
  let closing = false;

  const pump = (): void => {
    for (let thread = freest(threads); thread && waiting.length > 0; thread = freest(threads)) {
      give(thread, waiting.shift()!);
    }
  };
  const give = (thread: Thread<Info>, job: Job): void => {
    thread
      .ask(job.request)
      .then(job.resolve, (error: unknown) => {
        if (!(error instanceof NeverStarted)) job.reject(error);
        else if (!job.signal?.aborted) waiting.unshift(job);
      })
      .finally(pump);
  };
  const adopt = (thread: Thread<Info>): void => {
    threads.add(thread);
    void thread.ended.then(() => {
      threads.delete(thread);
      if (!closing || unsettled.size > 0) replace();
    });
    pump();
  };
  const replace = (): void => {
    const restarted = restart()
      .then(adopt, (error: unknown) => {
        if (threads.size === 0 && restarts.size === 1) for (const job of waiting.splice(0)) job.reject(error);
      })
      .finally(() => restarts.delete(restarted));
    restarts.add(restarted);
  };
  const enqueue = (request: unknown, signal: AbortSignal | undefined): Promise<unknown> =>
    new Promise<unknown>((resolve, reject) => {
      const job: Job = { request, signal, resolve, reject };
      waiting.push(job);
      if (signal) leaveWhenAborted(job, signal);
      if (threads.size === 0 && restarts.size === 0) replace();
      pump();
    });
  const leaveWhenAborted = (job: Job, signal: AbortSignal): void => {
    const { resolve, reject } = job;
    const abort = (): void => {
      const place = waiting.indexOf(job);
      if (place >= 0) waiting.splice(place, 1);
      reject(aborted(signal));
    };
    signal.addEventListener('abort', abort, { once: true });
    job.resolve = (answer) => (signal.removeEventListener('abort', abort), resolve(answer));
    job.reject = (error) => (signal.removeEventListener('abort', abort), reject(error));
  };

  first.forEach(adopt);
  return {
    add(request, signal) {
      const answer = enqueue(request, signal);
      unsettled.add(answer);
      return answer.finally(() => unsettled.delete(answer));
    },
    async close() {
      closing = true;
      await Promise.allSettled(unsettled);
      await Promise.allSettled(restarts);
      await Promise.all([...threads].map((thread) => thread.stop()));
    },
  };
}

function freest<T extends { readonly load: number }>(threads: Iterable<T>): T | undefined {
  let best: T | undefined;
  for (const thread of threads) if (thread.load < (best?.load ?? requestsPerThread)) best = thread;
  return best;
}
