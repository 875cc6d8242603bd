/** Which fields of ONNX's messages hold messages in which there may be a tensor; numbers are those
 * of onnx.proto.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const messages: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
};

/** The files in which an ONNX model keeps numbers of its own, as it names them: of all tensors,
 * those of attributes, of the bodies of loops and functions, and of sparse ones too. Empty for a
 * file that is not ONNX's protobuf.
 * @example onnxExternalFiles(await readFile('large.onnx')) // ['large.onnx.data', 'weights/head.bin']
 */
export function onnxExternalFiles(model: Uint8Array): string[] {
  const locations = new Set<string>();
  try {
    collect(model, 'model', locations);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
  return [...locations].sort();
}

function collect(bytes: Uint8Array, message: string, locations: Set<string>): void {
  const entry: string[] = [];
  for (const [field, content] of fieldsOf(bytes)) {
    if (message === 'entry') entry[field] = Buffer.from(content).toString('utf8');
    const inner = messages[message]?.[field];
    if (inner !== undefined) collect(content, inner, locations);
  }
  if (entry[1] === 'location' && entry[2] !== undefined) locations.add(entry[2]);
}

/** The fields of a protobuf message that have a length: texts, bytes, messages. Nothing is copied.
 * By hand, since the libraries that read protobuf run scripts when they are installed, or want all
 * of the schema.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
function* fieldsOf(bytes: Uint8Array): Generator<readonly [field: number, content: Uint8Array], void, undefined> {
  let at = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError('a number without an end');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 2) {
      const end = varint() + at;
      if (end > bytes.length) throw new RangeError('a field beyond the end');
      yield [field, bytes.subarray(at, end)];
      at = end;
    } else if (kind === 0) varint();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else throw new RangeError(`wire type ${kind}`);
  }
}
