import { Worker } from 'node:worker_threads';
import { QualmError, type TensorMap } from '@qualm/types';
import { fromErrorMessage } from './error-message.ts';
import { packInputs } from './pack-inputs.ts';
import type { SessionConfig, SessionInfo } from './tfjs-session.ts';
import type { RunRequest, WorkerReply } from './worker-messages.ts';

/** A session in a worker thread of its own. It takes one run at a time. */
export interface SessionWorker {
  readonly info: SessionInfo;
  /** False once its thread has died; then every run fails. */
  readonly alive: boolean;
  run(inputs: TensorMap, outputs: readonly string[]): Promise<TensorMap>;
  terminate(): Promise<void>;
}

interface Waiting {
  resolve(outputs: TensorMap): void;
  reject(error: Error): void;
}

const entry = new URL('../dist/worker.js', import.meta.url);

/** Starts a thread and loads the model in it. What TF.js prints there is dropped.
 * The process's flags are not passed on: its loaders and conditions are for its own code.
 * @throws QualmError as `openTfjsSession`, and `aborted`.
 */
export async function startSessionWorker(config: SessionConfig, signal?: AbortSignal): Promise<SessionWorker> {
  signal?.throwIfAborted();
  const worker = new Worker(entry, { workerData: config, execArgv: [], stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  const abort = (): void => void worker.terminate();
  signal?.addEventListener('abort', abort);
  try {
    return createSessionWorker(worker, await ready(worker));
  } catch (error) {
    await worker.terminate();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function ready(worker: Worker): Promise<SessionInfo> {
  return new Promise((resolve, reject) => {
    worker.once('error', (cause) => reject(died(cause.message, cause)));
    worker.once('exit', (code) => reject(died(`exit code ${code}`)));
    worker.once('message', (reply: WorkerReply) => {
      if (reply.type === 'ready') resolve(reply.info);
      if (reply.type === 'unready') reject(fromErrorMessage(reply.error));
    });
  });
}

function createSessionWorker(worker: Worker, info: SessionInfo): SessionWorker {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let death: QualmError | undefined;
  const die = (error: QualmError): void => {
    death ??= error;
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  worker.on('error', (cause) => die(died(cause.message, cause)));
  worker.on('exit', (code) => die(died(`exit code ${code}`)));
  worker.on('message', (reply: WorkerReply) => {
    if (reply.type === 'done') waiting.get(reply.id)?.resolve(reply.outputs);
    if (reply.type === 'failed') waiting.get(reply.id)?.reject(fromErrorMessage(reply.error));
    if ('id' in reply) waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
  });
  worker.unref();
  return {
    info,
    get alive() {
      return death === undefined;
    },
    run(inputs, outputs) {
      if (death !== undefined) return Promise.reject(death);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.ref();
        const packed = packInputs(inputs);
        worker.postMessage({ id, inputs: packed.inputs, outputs } satisfies RunRequest, packed.transfer);
      });
    },
    terminate: async () => void (await worker.terminate()),
  };
}

function died(reason: string, cause?: unknown): QualmError {
  return new QualmError('predict-failed', `the TF.js worker thread died (${reason}); load the model again`, { cause });
}
