import { QualmError, type TensorMap } from '@qualm/types';
import type { SessionWorker } from './session-worker.ts';

/** Sessions that share one queue: each run goes to the first that is free. */
export interface SessionPool {
  readonly size: number;
  run(inputs: TensorMap, outputs: readonly string[], signal?: AbortSignal): Promise<TensorMap>;
  /** Lets the runs in flight and in the queue finish, then ends every thread. */
  dispose(): Promise<void>;
}

/** A pool over sessions that are already loaded. */
export function createSessionPool(workers: readonly SessionWorker[]): SessionPool {
  const free = [...workers];
  const queue: (() => void)[] = [];
  const pending = new Set<Promise<unknown>>();
  let disposed: Promise<void> | undefined;

  const take = (signal?: AbortSignal): Promise<SessionWorker> => {
    const worker = free.pop();
    if (worker !== undefined) return Promise.resolve(worker);
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve(free.pop()!);
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(turn), 1);
        reject(aborted(signal));
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(turn);
    });
  };

  const give = (worker: SessionWorker): void => {
    // The dead come last, and are used only where nobody else is left: they say why they died.
    if (worker.alive) free.push(worker);
    else free.unshift(worker);
    queue.shift()?.();
  };

  const work = async (inputs: TensorMap, outputs: readonly string[], signal?: AbortSignal): Promise<TensorMap> => {
    const worker = await take(signal);
    return abortable(
      worker.run(inputs, outputs).finally(() => give(worker)),
      signal,
    );
  };

  return {
    size: workers.length,
    async run(inputs, outputs, signal) {
      if (disposed !== undefined)
        throw new QualmError('predict-failed', 'run: the model is disposed of; load it again');
      if (signal?.aborted) throw aborted(signal);
      const run = work(inputs, outputs, signal);
      pending.add(run);
      return run.finally(() => pending.delete(run));
    },
    dispose() {
      disposed ??= drain();
      return disposed;
    },
  };

  async function drain(): Promise<void> {
    await Promise.allSettled(pending);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function abortable<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(aborted(signal));
    signal.addEventListener('abort', leave, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** The error of a run that its caller gave up. */
export function aborted(signal?: AbortSignal): QualmError {
  return new QualmError('aborted', 'run: aborted by its signal', { cause: signal?.reason });
}
