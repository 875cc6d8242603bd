// onnxruntime-node 1.29 aborts the whole process (Napi::Error, SIGABRT) when its thread is ended in the middle of native
// code, which is what process.exit() does. A gate lets the main thread wait for that moment to pass, and keeps the worker
// from entering again.
const idle = 0;
const busy = 1;
const closed = 2;
const patience = 10_000;

export function createGate(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** In the worker, before native code; never returns once the gate is closed. */
export function enterGate(gate: Int32Array): void {
  while (Atomics.compareExchange(gate, 0, idle, busy) === closed) Atomics.wait(gate, 0, closed);
}

/** In the worker, after native code. */
export function leaveGate(gate: Int32Array): void {
  Atomics.store(gate, 0, idle);
  Atomics.notify(gate, 0);
}

/** In the main thread: waits until the worker is outside native code, and keeps it there. */
function closeGate(gate: Int32Array): void {
  while (Atomics.compareExchange(gate, 0, idle, closed) === busy) {
    if (Atomics.wait(gate, 0, busy, patience) === 'timed-out') return;
  }
}

export interface ExitGuard {
  add(gate: Int32Array): void;
  remove(gate: Int32Array): void;
}

export function createExitGuard(): ExitGuard {
  const gates = new Set<Int32Array>();
  const closeAll = (): void => gates.forEach(closeGate);
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
