import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { QualmError } from '@qualm/types';
import { errorData, errorOf } from '../error-data.ts';
import type { Answer, EngineData, EngineRequests, HostRequests } from '../protocol.ts';

/** The thread of DuckDB, from the caller's side. */
export interface EngineThread {
  ask<Name extends keyof EngineRequests>(
    name: Name,
    request: EngineRequests[Name]['request'],
  ): Promise<EngineRequests[Name]['answer']>;
  /** Ends the statement that runs, wherever it waits. */
  cancel(): void;
  /** To be called before a statement begins. */
  allow(): void;
  terminate(): Promise<void>;
}

/** Answers what the thread asks while it waits. Buffers of `transfer` go without a copy. */
export type HostAnswers = {
  readonly [Name in keyof HostRequests]: (
    request: HostRequests[Name]['request'],
  ) => Promise<{ readonly value: HostRequests[Name]['answer']; readonly transfer?: readonly ArrayBuffer[] }>;
};

/** @param answers what the thread may ask. @param worker the URL of the thread's file. */
export function startEngine(
  data: Omit<EngineData, 'calls' | 'bell'>,
  answers: HostAnswers,
  worker: URL | string,
): EngineThread {
  const { port1: ours, port2: calls } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(12));
  const thread = new Worker(worker, {
    // Flags of the caller's process, such as --conditions, are not meant for this file.
    execArgv: [],
    workerData: { ...data, calls, bell } satisfies EngineData,
    transferList: [calls],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let ended: string | null = null;

  const end = (reason: string): void => {
    ended ??= reason;
    for (const [id, settle] of waiting)
      settle({
        id,
        error: { code: 'query-failed', message: `sql: the thread of DuckDB ended (${reason}); open a new session` },
      });
    waiting.clear();
    ours.close();
    process.off('exit', leave);
  };
  thread.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  thread.on('error', (error) => {
    end(error.message);
  });
  thread.on('exit', (code) => {
    end(`exit code ${code}`);
  });
  ours.on('message', (asked: Asked) => void answerCall(ours, bell, answers, asked));
  thread.unref();
  ours.unref();

  const ring = (isCancelled: boolean): void => {
    Atomics.store(bell, 1, isCancelled ? 1 : 0);
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  };
  const cancel = (): void => {
    if (ended !== null) return;
    ring(true);
    thread.postMessage({ id: 0, name: 'interrupt', request: null });
  };
  /** A process that ends waits for what DuckDB computes, so that is ended before. */
  function leave(): void {
    if (waiting.size === 0) return;
    cancel();
    Atomics.wait(bell, 2, 0, 1000);
  }
  process.on('exit', leave);
  return {
    cancel,
    ask(name, request) {
      if (ended !== null)
        return Promise.reject(new QualmError('query-failed', `sql: the session has ended (${ended}); open a new one`));
      return new Promise((resolve, reject) => {
        const id = ++last;
        thread.ref();
        ours.ref();
        waiting.set(id, ({ value, error }) => {
          if (waiting.size <= 1) {
            thread.unref();
            ours.unref();
          }
          if (error) reject(errorOf(error));
          else resolve(value as never);
        });
        thread.postMessage({ id, name, request });
      });
    },
    allow() {
      Atomics.store(bell, 2, 0);
      ring(false);
    },
    async terminate() {
      end('it was closed');
      await thread.terminate();
    },
  };
}

interface Asked {
  readonly id: number;
  readonly name: keyof HostRequests;
  readonly request: never;
}

async function answerCall(
  port: MessagePort,
  bell: Int32Array,
  answers: HostAnswers,
  { id, name, request }: Asked,
): Promise<void> {
  try {
    const { value, transfer = [] } = await answers[name](request);
    port.postMessage({ id, value } satisfies Answer, transfer);
  } catch (error) {
    port.postMessage({ id, error: errorData(error) } satisfies Answer);
  }
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}
