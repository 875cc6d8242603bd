/** Makes an instance of a compiled module, and gives what it exports; null where there is no memory
 * for it.
 * @param memory a WebAssembly.Memory, where the module imports one.
 */
export type Instantiate = <Exports extends object>(memory?: object) => Exports | null;

/** What makes instances of the WebAssembly module that this base64 holds; null where there is no
 * WebAssembly SIMD, no atob, a content security policy without 'wasm-unsafe-eval', or a machine
 * whose numbers are not little-endian, as WebAssembly's memory always is. */
export function compileModule(base64: string): Instantiate | null {
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (!isLittleEndian) return null;
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return (memory) => instantiate(module, memory);
  } catch {
    return null;
  }
}

/** Where addresses are limited (`ulimit -v`) there may be none for the memory of an instance. */
function instantiate<Exports extends object>(module: WebAssembly.Module, memory?: object): Exports | null {
  try {
    return new WebAssembly.Instance(module, { env: { memory: memory as WebAssembly.Memory } }).exports as Exports;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
