import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf } from './columns/buffers-of.ts';
import { createEngine } from './engine/engine.ts';
import { errorData } from './error-data.ts';
import type { EngineData, EngineRequests, NextAnswer } from './protocol.ts';

interface Request {
  readonly id: number;
  readonly name: keyof EngineRequests | 'interrupt';
  readonly request: never;
}

const data = workerData as EngineData;
const engine = createEngine(data);
let running = 0;
let isInterrupted = false;
let again: NodeJS.Timeout | null = null;
/** Milliseconds between two interrupts of what does not end. */
const patience = 50;

/** Says that what was interrupted has ended: a process that ends waits for that. */
function tellWhenIdle(): void {
  if (!isInterrupted || running > 0) return;
  Atomics.store(data.bell, 2, 1);
  Atomics.notify(data.bell, 2);
}

/** Rows leave this thread without a copy. */
function memoryOf(value: unknown): readonly ArrayBuffer[] {
  const { batch } = Object(value) as Partial<NextAnswer>;
  return batch ? buffersOf(batch) : [];
}

async function answer({ id, name, request }: Request & { readonly name: keyof EngineRequests }): Promise<void> {
  running++;
  isInterrupted = false;
  try {
    const value = await engine[name](request);
    parentPort!.postMessage({ id, value }, memoryOf(value));
  } catch (error) {
    parentPort!.postMessage({ id, error: errorData(error) });
  }
  running--;
  if (running === 0 && again) {
    clearInterval(again);
    again = null;
  }
  tellWhenIdle();
}

/** DuckDB forgets an interrupt that comes before a query has begun, as between the parts of a
 * statement: it is said again until what runs has ended. */
function interrupt(): void {
  engine.interrupt();
  if (running > 0) again ??= setInterval(() => void engine.interrupt(), patience);
}

parentPort!.on('message', (message: Request) => {
  if (message.name !== 'interrupt') {
    void answer({ ...message, name: message.name });
    return;
  }
  interrupt();
  isInterrupted = true;
  tellWhenIdle();
});
