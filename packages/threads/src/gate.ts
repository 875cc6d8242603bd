// Native code may abort the whole process when its thread is ended in the middle of it, which is
// what process.exit() does: onnxruntime-node 1.29 does so (Napi::Error, SIGABRT). A gate lets the
// main thread wait for that moment to pass, and keeps the worker from entering again.
const idle = 0;
const busy = 1;
const closed = 2;

/** What a thread is doing, in memory that both sides see. */
export function createGate(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** In the worker: does `work` while the gate says busy; never returns once the gate is closed. */
export async function insideGate<T>(gate: Int32Array, work: () => Promise<T>): Promise<T> {
  while (Atomics.compareExchange(gate, 0, idle, busy) === closed) Atomics.wait(gate, 0, closed);
  try {
    return await work();
  } finally {
    Atomics.store(gate, 0, idle);
    Atomics.notify(gate, 0);
  }
}

/** In the main thread: waits until the worker is outside, `patience` milliseconds at most, and
 * keeps it there.
 */
export function closeGate(gate: Int32Array, patience: number): void {
  while (Atomics.compareExchange(gate, 0, idle, closed) === busy) {
    if (Atomics.wait(gate, 0, busy, patience) === 'timed-out') return;
  }
}
