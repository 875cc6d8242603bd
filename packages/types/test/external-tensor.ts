/** A field of a protobuf message that has a length. */
export function field(number: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([varint(8 * number + 2), varint(bytes.length), bytes]);
}

/** A tensor whose numbers lie in a file, as ONNX's TensorProto. */
export function externalTensor(location: string): Buffer {
  const entry = (key: string, value: string): Buffer => field(13, Buffer.concat([field(1, key), field(2, value)]));
  // dims 3, data_type float, name, offset and length beside the location, data_location EXTERNAL.
  return Buffer.concat([
    Buffer.of(0x08, 3, 0x10, 1),
    field(8, 'w'),
    entry('offset', '0'),
    entry('location', location),
    Buffer.of(0x70, 1),
  ]);
}

/** A model whose graph has this tensor among its initializers. */
export function graphWithTensor(tensor: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0x08, 8), field(7, field(5, tensor))]);
}

function varint(value: number): Buffer {
  return value < 128
    ? Buffer.of(value)
    : Buffer.concat([Buffer.of((value % 128) + 128), varint(Math.floor(value / 128))]);
}
