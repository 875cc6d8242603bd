import { Worker } from 'node:worker_threads';
import type { QualmErrorCode } from '@qualm/types';
import type { ExitGuard } from './exit-guard.ts';
import { fromFailure } from './failure.ts';
import { createGate } from './gate.ts';
import { lostThread, unreadyThread } from './lost-thread.ts';
import type { ThreadWords } from './lost-thread.ts';
import type { FromThread, ThreadStart, ToThread } from './messages.ts';
import type { Parcel } from './parcel.ts';

/** What threads are started with. */
export interface ThreadOptions<Request> {
  /** The built file that the thread runs, as a `file:` URL or an absolute path: it calls
   * `serveThread`. It gets none of the process's flags.
   */
  readonly entry: URL | string;
  /** What a user of yours can do where a bundler left `entry` behind:
   * `name its place with createOnnxBackend({ worker })`.
   */
  readonly entryAdvice?: string;
  /** What errors begin with: `onnx "/models/a.onnx"`. */
  readonly name: string;
  /** The code of errors that bring none, and of threads that end before they are ready;
   * `predict-failed` by default. A request whose thread ended, or had no memory left, has
   * `machine-trouble`: it may do in another thread. */
  readonly failureCode?: QualmErrorCode;
  /** Lets `process.exit()` wait for the requests that threads are at; without it they are cut off.
   */
  readonly guard?: ExitGuard;
  /** How a request travels; cloned as it is by default. Called whenever a thread is given the
   * request, so for those that wait not yet, and again when a thread was lost before it came to
   * it: what it transfers should be copies. */
  readonly pack?: (request: Request) => Parcel<Request>;
  /** Drops what the thread prints; false by default. */
  readonly silent?: boolean;
}

/** A worker thread that answers. */
export interface Thread<Info> {
  readonly info: Info;
  /** How many requests it has not answered yet. */
  readonly load: number;
  /** Requests are answered one after the other. Rejects with `NeverStarted` when the thread ends
   * before it comes to it.
   */
  ask(request: unknown): Promise<unknown>;
  /** Settles when the thread is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the thread after the requests that it has. */
  stop(): Promise<void>;
}

/** What a request gets that its thread never came to. */
export class NeverStarted extends Error {}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread that is ready.
 * @throws QualmError what the entry's `start` threw.
 */
export async function startThread<Request, Info>(
  options: ThreadOptions<Request> & { readonly data: unknown },
): Promise<Thread<Info>> {
  const { entry, entryAdvice, data, name, failureCode = 'predict-failed', guard } = options;
  const { pack = asItIs, silent = false } = options;
  const gate = createGate();
  const worker = new Worker(entry, {
    // Flags of the caller's process, such as --input-type or --conditions, are not meant for this
    // file.
    execArgv: [],
    workerData: { data, gate, silent } satisfies ThreadStart,
  });
  guard?.add(gate);
  const line = openLine(worker, { name, failureCode, entry, entryAdvice });
  void line.ended.then(() => guard?.remove(gate));
  const info = await line.answer().catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  return {
    info: info as Info,
    ended: line.ended,
    get load() {
      return line.waiting.length;
    },
    async ask(request) {
      if (line.closed) throw new NeverStarted();
      const { value, transfer } = pack(request as Request);
      line.send({ type: 'ask', request: value }, transfer);
      return line.answer();
    },
    stop() {
      line.close();
      return line.ended;
    },
  };
}

interface Line {
  readonly waiting: readonly Waiting[];
  readonly closed: boolean;
  readonly ended: Promise<void>;
  send(message: ToThread, transfer?: readonly ArrayBuffer[]): void;
  /** The thread's next answer that nobody waits for yet. */
  answer(): Promise<unknown>;
  close(): void;
}

function openLine(worker: Worker, words: ThreadWords): Line {
  const waiting: Waiting[] = [];
  let closed = false;
  let isReady = false;
  let reason: Error | undefined;
  worker.on('error', (error) => (reason = error));
  worker.on('message', (message: FromThread) => {
    const { resolve, reject } = waiting.shift()!;
    isReady = true;
    // An idle thread lets the process end, even where nobody disposed of the pool.
    if (waiting.length === 0 && !closed) worker.unref();
    if (message.type === 'done') resolve(message.value);
    else reject(fromFailure(message.failure, words));
  });
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', (code) => {
      closed = true;
      const [current, ...others] = waiting.splice(0);
      current?.reject((isReady ? lostThread : unreadyThread)(words, code, reason));
      for (const other of others) other.reject(new NeverStarted());
      resolve();
    }),
  );
  const send = (message: ToThread, transfer: readonly ArrayBuffer[] = []): void => {
    worker.postMessage(message, transfer);
    worker.ref();
  };
  return {
    waiting,
    ended,
    send,
    get closed() {
      return closed;
    },
    answer: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
    close() {
      if (closed) return;
      closed = true;
      send({ type: 'stop' });
    },
  };
}

function asItIs<T>(value: T): Parcel<T> {
  return { value };
}
