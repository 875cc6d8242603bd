/** @throws RangeError unless these are bytes. */
export function assertBytes(bytes: unknown): void {
  if (bytes instanceof Uint8Array) return;
  throw new RangeError(`decodeJpeg: its bytes are ${shown(bytes)}; expected a Uint8Array`);
}

/** @throws RangeError unless this is a memory that no other thread sees. */
export function assertMemory(memory: unknown): void {
  if (memory instanceof WebAssembly.Memory && memory.buffer instanceof ArrayBuffer) return;
  throw new RangeError(`decodeJpeg: its memory is ${shown(memory)}; expected a WebAssembly.Memory that is not shared`);
}

/** @throws RangeError unless these are options. */
export function assertOptions(options: unknown): void {
  if (Object.prototype.toString.call(options) !== '[object Object]') {
    throw new RangeError(`decodeJpeg: its options are ${shown(options)}; expected an object, such as { maxPixels }`);
  }
  const { maxPixels = 0 } = options as { maxPixels?: unknown };
  if (typeof maxPixels === 'number' && maxPixels >= 0) return;
  throw new RangeError(`decodeJpeg: maxPixels is ${shown(maxPixels)}; expected a number from 0`);
}

/** @throws RangeError unless the image has these rows, and they are written behind it. */
export function assertRows(
  { at, from, to }: { readonly at: number; readonly from: number; readonly to: number },
  { end, height }: { readonly end: number; readonly height: number },
): void {
  if (!(Number.isInteger(at) && at >= end)) {
    throw new RangeError(`writeRows: at is ${shown(at)}; expected an address from ${end} on`);
  }
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= height) return;
  throw new RangeError(`writeRows: rows are ${shown(from)} to ${shown(to)}; expected rows from 0 to ${height}`);
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
}
