import { parentPort, workerData } from 'node:worker_threads';
import { toErrorMessage } from './error-message.ts';
import { openTfjsSession, type SessionConfig, type TfjsSession } from './tfjs-session.ts';
import type { RunRequest, WorkerReply } from './worker-messages.ts';

const port = parentPort!;
const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

try {
  const session = await openTfjsSession(workerData as SessionConfig);
  let last = Promise.resolve();
  port.on('message', (request: RunRequest) => {
    last = last.then(() => answer(session, request));
  });
  reply({ type: 'ready', info: session.info });
} catch (error) {
  reply({ type: 'unready', error: toErrorMessage(error) });
}

async function answer(session: TfjsSession, { id, inputs, outputs }: RunRequest): Promise<void> {
  try {
    const results = await session.run(inputs, outputs);
    const buffers = Object.values(results).map(({ data }) => data.buffer as ArrayBuffer);
    reply({ type: 'done', id, outputs: results }, buffers);
  } catch (error) {
    reply({ type: 'failed', id, error: toErrorMessage(error) });
  }
}
