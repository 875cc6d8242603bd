const words =
  /out of memory|cannot allocate|could not allocate|failed to allocate|unable to allocate|allocation failed|bad_alloc|memory limit|ENOMEM/i;

/** True for an error that says that the machine has no memory left, as V8, WebAssembly, libvips,
 * ONNX Runtime and the system put it. What it was about is not to blame then, and may do another
 * time.
 * @example isOutOfMemory(new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory')) // true
 */
export function isOutOfMemory(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return words.test(String(message ?? error)) || code === 'ERR_WORKER_OUT_OF_MEMORY' || code === 'ENOMEM';
}
