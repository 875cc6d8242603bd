import type { QualmError } from '@qualm/types';
import { NeverStarted } from './start-thread.ts';
import type { Thread } from './start-thread.ts';

/** Requests on their way to threads. */
export interface Queue<Request, Answer> {
  add(request: Request, signal: AbortSignal | undefined): Promise<Answer>;
  /** Waits for the requests that it has, then stops the threads. */
  close(): Promise<void>;
}

interface Job<Request, Answer> {
  readonly request: Request;
  readonly signal: AbortSignal | undefined;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

// One request is worked at and one waits in the thread, so that a busy caller leaves no core idle between requests.
const requestsPerThread = 2;

/** @param restart makes a thread in the place of one that was lost. */
export function createQueue<Request, Answer, Info>(
  first: readonly Thread<Request, Answer, Info>[],
  restart: () => Promise<Thread<Request, Answer, Info>>,
  aborted: (by: AbortSignal) => QualmError,
): Queue<Request, Answer> {
  const threads = new Set<Thread<Request, Answer, Info>>();
  const waiting: Job<Request, Answer>[] = [];
  const unsettled = new Set<Promise<Answer>>();
  const restarts = new Set<Promise<void>>();
  let closing = false;

  const pump = (): void => {
    for (let thread = freest(threads); thread && waiting.length > 0; thread = freest(threads)) {
      give(thread, waiting.shift()!);
    }
  };
  const give = (thread: Thread<Request, Answer, Info>, job: Job<Request, Answer>): void => {
    thread
      .ask(job.request)
      .then(job.resolve, (error: unknown) => {
        if (!(error instanceof NeverStarted)) job.reject(error);
        else if (!job.signal?.aborted) waiting.unshift(job);
      })
      .finally(pump);
  };
  const adopt = (thread: Thread<Request, Answer, Info>): void => {
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
  const enqueue = (request: Request, signal: AbortSignal | undefined): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      const job: Job<Request, Answer> = { request, signal, resolve, reject };
      waiting.push(job);
      if (signal) leaveWhenAborted(job, signal);
      if (threads.size === 0 && restarts.size === 0) replace();
      pump();
    });
  const leaveWhenAborted = (job: Job<Request, Answer>, signal: AbortSignal): void => {
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
