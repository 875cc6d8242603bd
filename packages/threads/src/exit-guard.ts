import { assertOptions } from '@qualm/types';
import { closeGate } from './gate.ts';

/** Keeps `process.exit()` from ending threads in the middle of a request. One guard serves any
 * number of pools.
 */
export interface ExitGuard {
  /** Watches a thread by its gate. */
  add(gate: Int32Array): void;
  remove(gate: Int32Array): void;
}

/** A guard that lets `process.exit()` wait for the requests that threads are at, `patience`
 * milliseconds for each thread at most; 10 seconds by default. It listens to the process only while
 * it has threads.
 * @example createThreadPool({ guard: createExitGuard(), entry, name, threads })
 */
export function createExitGuard(options: { readonly patience?: number } = {}): ExitGuard {
  assertOptions('createExitGuard', options, '{ patience: 10_000 }');
  const { patience = 10_000 } = options;
  if (!(typeof patience === 'number' && patience >= 0))
    throw new RangeError(`createExitGuard: patience is ${String(patience)}; expected milliseconds, 0 or more`);
  const gates = new Set<Int32Array>();
  const closeAll = (): void => gates.forEach((gate) => closeGate(gate, patience));
  return {
    add(gate) {
      if (gates.size === 0) process.on('exit', closeAll);
      gates.add(gate);
    },
    remove(gate) {
      gates.delete(gate);
      if (gates.size === 0) process.off('exit', closeAll);
    },
  };
}
