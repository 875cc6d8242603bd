import { Worker } from 'node:worker_threads';
import { QualmError } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import type { ExitGuard } from './gate.ts';
import { createGate } from './gate.ts';
import type { FromSession, SessionInfo, SessionStart, ToSession } from './messages.ts';
import { packInputs } from './pack-inputs.ts';

/** A session in a worker thread. */
export interface SessionThread {
  readonly info: SessionInfo;
  /** How many runs it has not answered yet. */
  readonly load: number;
  /** Runs are done one after the other. */
  run(inputs: TensorMap, outputs: readonly string[]): Promise<TensorMap>;
  /** Settles when the thread is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the thread after the runs that it has. */
  stop(): Promise<void>;
}

/** What a run gets that its thread never came to. */
export class NeverStarted extends Error {}

interface Waiting {
  resolve(answer: Extract<FromSession, { type: 'ready' | 'outputs' }>): void;
  reject(error: Error): void;
}

const entry = new URL('../dist/worker.js', import.meta.url);

/** A thread whose session is ready.
 * @throws QualmError `model-invalid`, `backend-unavailable`, `unsupported`.
 */
export async function startSessionThread(start: Omit<SessionStart, 'gate'>, guard: ExitGuard): Promise<SessionThread> {
  const gate = createGate();
  // Flags of the caller's process, such as --input-type or --conditions, are not meant for this file.
  const worker = new Worker(entry, { execArgv: [], workerData: { ...start, gate } satisfies SessionStart });
  const waiting: Waiting[] = [];
  let reason: Error | undefined;
  let stopping = false;
  guard.add(gate);
  worker.on('error', (error) => (reason = error));
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', (code) => {
      guard.remove(gate);
      const [current, ...others] = waiting.splice(0);
      current?.reject(lost(start.model, code, reason));
      for (const other of others) other.reject(new NeverStarted());
      resolve();
    }),
  );
  const answer = (): Promise<Extract<FromSession, { type: 'ready' | 'outputs' }>> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.ref();
    });
  worker.on('message', (message: FromSession) => {
    const { resolve, reject } = waiting.shift()!;
    // An idle session lets the process end, even where nobody disposed of it.
    if (waiting.length === 0 && !stopping) worker.unref();
    if (message.type === 'failed') reject(new QualmError(message.failure.code, message.failure.message));
    else resolve(message);
  });
  const ready = await answer();
  if (ready.type !== 'ready') throw new TypeError(`session-thread: came ${ready.type}, wanted ready`);
  return {
    info: ready.info,
    ended,
    get load() {
      return waiting.length;
    },
    async run(inputs, outputs) {
      const packed = packInputs(inputs);
      const answered = answer();
      worker.postMessage({ type: 'run', inputs: packed.inputs, outputs } satisfies ToSession, packed.transfer);
      const message = await answered;
      return message.type === 'outputs' ? message.outputs : {};
    },
    stop() {
      stopping = true;
      worker.ref();
      worker.postMessage({ type: 'stop' } satisfies ToSession);
      return ended;
    },
  };
}

function lost(model: string, code: number, cause: Error | undefined): QualmError {
  const why = cause?.message ?? `exit code ${code}`;
  return new QualmError(
    'predict-failed',
    `run: the worker thread of "${model}" ended (${why}); a new one replaces it`,
    {
      cause,
    },
  );
}
