import { parentPort, workerData } from 'node:worker_threads';
import { assertFunction, QualmError } from '@qualm/types';
import { toFailure } from './failure.ts';
import { insideGate } from './gate.ts';
import type { FromThread, ThreadStart, ToThread } from './messages.ts';
import type { Parcel } from './parcel.ts';

/** What a thread does. */
export interface ThreadService<Request, Answer, Info> {
  /** What the pool's side is told once the thread is ready. */
  readonly info: Info;
  /** Called for one request after the other, never for two at once. */
  answer(request: Request): Promise<Parcel<Answer>>;
  /** Called after the last request; then the thread ends. */
  dispose?(): Promise<void> | void;
}

/** Answers the requests of the pool that started this thread; the whole of a thread's entry file.
 * Settles when the thread is ready, or has told its pool why not. A QualmError arrives there with
 * its code and message, any other error with the pool's name and code.
 * @param start makes the service out of the pool's `workerData`
 * @throws QualmError `unsupported` outside a thread of a pool.
 * @example await serveThread(async (exponent: number) => ({ info: null, answer: async (x: number) => ({ value: x ** exponent }) }))
 */
export async function serveThread<Data, Request, Answer, Info>(
  start: (data: Data) => Promise<ThreadService<Request, Answer, Info>>,
): Promise<void> {
  assertFunction('serveThread', 'its start', start, 'a function: async (data) => ({ info, answer })');
  if (parentPort === null || !isOfPool(workerData))
    throw new QualmError(
      'unsupported',
      'serveThread: called outside of a pool; call it in the entry of createThreadPool',
    );
  const port = parentPort;
  const { data, gate, silent } = workerData as ThreadStart;
  if (silent) dropOutput();
  const reply = async (work: () => Promise<Parcel<unknown>>): Promise<void> => {
    try {
      const { value, transfer = [] } = await insideGate(gate, work);
      port.postMessage({ type: 'done', value } satisfies FromThread, transfer);
    } catch (error) {
      port.postMessage({ type: 'failed', failure: toFailure(error) } satisfies FromThread);
    }
  };
  await reply(async () => {
    const service = await start(data as Data);
    let last = Promise.resolve();
    port.on('message', (message: ToThread) => {
      last = last.then(async () => {
        if (message.type === 'ask') return reply(() => service.answer(message.request as Request));
        await insideGate(gate, async () => service.dispose?.());
        // Not port.close(): whatever a library left running would keep the thread.
        process.exit();
      });
    });
    return { value: service.info };
  });
}

/** Here and not with the pool: there, a stream that is read keeps the process alive. */
function dropOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
}

function isOfPool(data: unknown): data is ThreadStart {
  return (data as ThreadStart | null | undefined)?.gate instanceof Int32Array;
}
