import { setMaxListeners } from 'node:events';
import { QualmError } from '@qualm/types';
import { createChangeSignal } from './change-signal.ts';

/** How much of `mapConcurrently` happens at once. */
export interface MapOptions {
  /** Tasks that run at the same time. */
  readonly concurrency: number;
  /** Items taken from the source and not yet handed out as results. */
  readonly window: number;
  /** Results in the order of the source, or each as soon as it is there. */
  readonly order: 'input' | 'completed';
  readonly signal?: AbortSignal | undefined;
}

type Outcome<R> = { readonly value: R } | { readonly error: unknown };

/** The result of `task` for each item, with several tasks under way: it reads ahead until `window`
 * items are held, then waits for its reader. An error of the source or of a task is thrown when it
 * is its turn. However it ends, every task is stopped by its signal and has ended by then, and
 * the source is closed.
 * @throws QualmError `aborted` as soon as the signal is.
 */
export async function* mapConcurrently<T, R>(
  source: AsyncIterable<T>,
  task: (item: T, signal: AbortSignal) => Promise<R>,
  { concurrency, window, order, signal }: MapOptions,
): AsyncGenerator<R, void, undefined> {
  throwIfAborted(signal);
  const iterator = source[Symbol.asyncIterator]();
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const running = new Set<Promise<unknown>>();
  const results: (Outcome<R> | Promise<Outcome<R>>)[] = [];
  const changed = createChangeSignal();
  let held = 0;
  let reading = true;
  let pulling = false;

  const start = (item: T): void => {
    held++;
    const outcome = settle(task(item, stop.signal));
    running.add(outcome);
    if (order === 'input') results.push(outcome);
    void outcome.then((result) => {
      running.delete(outcome);
      if (order === 'completed') results.push(result);
      changed.notify();
    });
  };
  const readAhead = async (): Promise<void> => {
    while (reading) {
      if (running.size >= concurrency || held >= window) {
        await changed.wait();
        continue;
      }
      pulling = true;
      const next = await iterator.next();
      pulling = false;
      if (next.done) reading = false;
      else if (reading) start(next.value);
      changed.notify();
    }
  };
  const end = (): void => {
    stop.abort(signal?.reason);
    changed.notify();
  };

  signal?.addEventListener('abort', end);
  void readAhead().catch((error: unknown) => {
    reading = pulling = false;
    results.push({ error });
    changed.notify();
  });
  try {
    while (reading || held > 0 || results.length > 0) {
      throwIfAborted(signal);
      const next = results.shift();
      if (next === undefined) {
        await changed.wait();
        continue;
      }
      const outcome = await next;
      throwIfAborted(signal);
      if ('error' in outcome) throw outcome.error;
      yield outcome.value;
      held--;
      changed.notify();
    }
  } finally {
    signal?.removeEventListener('abort', end);
    const unread = reading;
    reading = false;
    end();
    await Promise.all(running);
    if (unread) await close(iterator, pulling);
  }
}

/** A source that is still busy with its next item closes when it is done with it, which may be
 * never.
 */
async function close(iterator: AsyncIterator<unknown>, busy: boolean): Promise<void> {
  const closing = Promise.resolve(iterator.return?.());
  if (busy) closing.catch(() => {});
  else await closing;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new QualmError('aborted', 'predict: aborted by its signal', { cause: signal.reason });
}

async function settle<R>(result: Promise<R>): Promise<Outcome<R>> {
  try {
    return { value: await result };
  } catch (error) {
    return { error };
  }
}
