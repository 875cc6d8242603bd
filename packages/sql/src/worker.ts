import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from './engine/engine.ts';
import { errorData } from './error-data.ts';
import type { EngineData, EngineRequests } from './protocol.ts';

interface Request {
  readonly id: number;
  readonly name: keyof EngineRequests | 'interrupt';
  readonly request: never;
}

const engine = createEngine(workerData as EngineData);

parentPort!.on('message', ({ id, name, request }: Request) => {
  if (name === 'interrupt') engine.interrupt();
  else
    engine[name](request).then(
      (value) => {
        parentPort!.postMessage({ id, value });
      },
      (error: unknown) => {
        parentPort!.postMessage({ id, error: errorData(error) });
      },
    );
});
