/** Types of NumPy's arrays: little-endian, and `<U8` for texts of at most 8 characters. */
export type NpyType = '<f4' | '<i4' | '<i8' | `<U${number}`;

/** What stands before the values of an array in a `.npy` file, version 1.0.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(type: NpyType, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const words = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + words.length + 1) / 64) * 64;
  const bytes = Buffer.alloc(length, ' ', 'latin1');
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length - 10, 8);
  bytes.write(words, 10, 'latin1');
  bytes.write('\n', length - 1, 'latin1');
  return bytes;
}

/** An array of texts as a whole `.npy` file: UTF-32, as wide as the longest. NumPy takes NULs at
 * the end for padding.
 */
export function npyOfTexts(texts: readonly string[]): Uint8Array {
  const points = texts.map((text) => Uint32Array.from(text, (character) => character.codePointAt(0)!));
  const width = points.reduce((most, { length }) => Math.max(most, length), 1);
  const values = new Uint32Array(width * texts.length);
  points.forEach((text, row) => values.set(text, row * width));
  return joined(npyHeader(`<U${width}`, [texts.length]), values);
}

/** An array of whole numbers as a whole `.npy` file, in 64 bits. */
export function npyOfIntegers(numbers: readonly number[]): Uint8Array {
  return joined(npyHeader('<i8', [numbers.length]), BigInt64Array.from(numbers, BigInt));
}

function joined(header: Uint8Array, values: ArrayBufferView): Uint8Array {
  return Buffer.concat([header, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]);
}
