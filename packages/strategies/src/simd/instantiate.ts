/** The module of `assembly/` that this base64 holds; null where there is no WebAssembly SIMD, no
 * atob, a content security policy without 'wasm-unsafe-eval', or a machine whose numbers are not
 * little-endian, as WebAssembly's memory always is. */
export function compileModule(base64: string): WebAssembly.Module | null {
  if (!isLittleEndian()) return null;
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
