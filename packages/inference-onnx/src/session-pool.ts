import { QualmError } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { NeverStarted } from './session-thread.ts';
import type { SessionThread } from './session-thread.ts';

/** Runs over several threads, first come, first served. */
export interface SessionPool {
  run(inputs: TensorMap, outputs: readonly string[], signal?: AbortSignal): Promise<TensorMap>;
  /** Waits for the runs that it has, then ends the threads. */
  close(): Promise<void>;
}

interface Job {
  readonly inputs: TensorMap;
  readonly outputs: readonly string[];
  resolve(outputs: TensorMap): void;
  reject(error: unknown): void;
}

// One run computes and one waits in the thread, so that a busy caller does not leave a core idle between runs.
const runsPerThread = 2;

/** @param restart makes a thread in the place of one that was lost. */
export function createSessionPool(first: readonly SessionThread[], restart: () => Promise<SessionThread>): SessionPool {
  const threads = new Set<SessionThread>();
  const waiting: Job[] = [];
  const unsettled = new Set<Promise<TensorMap>>();
  const restarts = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  const pump = (): void => {
    for (let thread = freest(threads); thread && waiting.length > 0; thread = freest(threads)) {
      give(thread, waiting.shift()!);
    }
  };
  const give = (thread: SessionThread, job: Job): void => {
    thread
      .run(job.inputs, job.outputs)
      .then(job.resolve, (error: unknown) => {
        if (error instanceof NeverStarted) waiting.unshift(job);
        else job.reject(error);
      })
      .finally(pump);
  };
  const adopt = (thread: SessionThread): void => {
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
  const enqueue = (inputs: TensorMap, outputs: readonly string[], signal?: AbortSignal): Promise<TensorMap> =>
    new Promise<TensorMap>((resolve, reject) => {
      const job: Job = { inputs, outputs, resolve, reject };
      const abort = (): void => {
        const place = waiting.indexOf(job);
        if (place >= 0) waiting.splice(place, 1);
        reject(aborted(signal));
      };
      signal?.addEventListener('abort', abort, { once: true });
      job.resolve = (value) => (signal?.removeEventListener('abort', abort), resolve(value));
      job.reject = (error) => (signal?.removeEventListener('abort', abort), reject(error));
      waiting.push(job);
      if (threads.size === 0 && restarts.size === 0) replace();
      pump();
    });

  first.forEach(adopt);
  return {
    async run(inputs, outputs, signal) {
      if (closing) throw new QualmError('predict-failed', 'run: the model was disposed of; load it again');
      if (signal?.aborted) throw aborted(signal);
      const answer = enqueue(inputs, outputs, signal);
      unsettled.add(answer);
      return answer.finally(() => unsettled.delete(answer));
    },
    close() {
      closing ??= Promise.allSettled(unsettled)
        .then(() => Promise.allSettled(restarts))
        .then(() => Promise.all([...threads].map((thread) => thread.stop())))
        .then(() => undefined);
      return closing;
    },
  };
}

/** What a run or a load that is not wanted any more throws. */
export function aborted(signal: AbortSignal | undefined): QualmError {
  return new QualmError('aborted', 'onnx: aborted by the signal that came with the call', { cause: signal?.reason });
}

function freest(threads: Iterable<SessionThread>): SessionThread | undefined {
  let best: SessionThread | undefined;
  for (const thread of threads) if (thread.load < (best?.load ?? runsPerThread)) best = thread;
  return best;
}
