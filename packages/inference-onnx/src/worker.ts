import { parentPort, workerData } from 'node:worker_threads';
import { enterGate, leaveGate } from './gate.ts';
import type { FromSession, SessionStart, ToSession } from './messages.ts';
import { failureOf } from './worker/failure.ts';
import { openSession } from './worker/open-session.ts';
import type { OpenSession } from './worker/open-session.ts';

const port = parentPort!;
const start = workerData as SessionStart;

async function inside<T>(work: () => Promise<T>): Promise<T> {
  enterGate(start.gate);
  try {
    return await work();
  } finally {
    leaveGate(start.gate);
  }
}

function send(message: FromSession, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

async function answer(session: OpenSession, message: Extract<ToSession, { type: 'run' }>): Promise<void> {
  try {
    const { outputs, transfer } = await inside(() => session.run(message.inputs, message.outputs));
    send({ type: 'outputs', outputs }, transfer);
  } catch (error) {
    send({ type: 'failed', failure: failureOf(error, 'predict-failed', 'run') });
  }
}

function serve(session: OpenSession): void {
  let last = Promise.resolve();
  port.on('message', (message: ToSession) => {
    last = last.then(async () => {
      if (message.type === 'run') return answer(session, message);
      await inside(() => session.close());
      port.close();
    });
  });
}

try {
  const session = await inside(() => openSession(start));
  serve(session);
  send({ type: 'ready', info: session.info });
} catch (error) {
  send({ type: 'failed', failure: failureOf(error, 'model-invalid', `load: "${start.model}" cannot be read`) });
}
