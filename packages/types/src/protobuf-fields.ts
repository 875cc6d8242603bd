/** A field that has a length: a text, bytes, a message. It begins at `start` with its number. */
export interface Field {
  readonly field: number;
  readonly start: number;
  readonly content: Uint8Array;
  readonly end: number;
}

/** The fields of a protobuf message that have a length. Nothing is copied.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field, void, undefined> {
  let at = 0;
  const readVarint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError('a number without an end');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const tag = readVarint();
    const kind = tag % 8;
    if (kind === 2) {
      const end = readVarint() + at;
      if (end > bytes.length) throw new RangeError('a field beyond the end');
      yield { field: Math.floor(tag / 8), start, content: bytes.subarray(at, end), end };
      at = end;
    } else if (kind === 0) readVarint();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else throw new RangeError(`wire type ${kind}`);
  }
}
