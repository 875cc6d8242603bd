import { fieldsOf } from './protobuf-fields.ts';
import type { Field } from './protobuf-fields.ts';

export { onnxMetadata } from './onnx-metadata.ts';

/* How an ONNX model names the files in which it keeps numbers. By hand, since the libraries that
 * read protobuf run scripts when they are installed, or want all of the schema. */

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
    rewrite(model, 'model', (location) => (locations.add(location), location));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
  return [...locations].sort();
}

/** The same model with other names for those files; what has none keeps its own.
 * @throws RangeError for what is not ONNX's protobuf.
 * @example renameOnnxFiles(model, new Map([['large.onnx.data', '5f1c0a']]))
 */
export function renameOnnxFiles(model: Uint8Array, names: ReadonlyMap<string, string>): Uint8Array {
  return rewrite(model, 'model', (location) => names.get(location) ?? location);
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A message whose locations are what `nameOf` makes of them; the bytes themselves where it changes
 * none.
 */
function rewrite(bytes: Uint8Array, message: string, nameOf: (location: string) => string): Uint8Array {
  const parts: Uint8Array[] = [];
  let kept = 0;
  const replace = ({ field, start, content, end }: Field, other: Uint8Array): void => {
    if (other === content) return;
    parts.push(bytes.subarray(kept, start), varint(8 * field + 2), varint(other.length), other);
    kept = end;
  };
  const fields = [...fieldsOf(bytes)];
  const isLocation = message === 'entry' && fields.some((field) => textOf(field, 1) === 'location');
  for (const field of fields) {
    const inner = messages[message]?.[field.field];
    if (inner !== undefined) replace(field, rewrite(field.content, inner, nameOf));
    else if (isLocation && field.field === 2) replace(field, renamed(field.content, nameOf));
  }
  return parts.length === 0 ? bytes : joined([...parts, bytes.subarray(kept)]);
}

function textOf({ field, content }: Field, wanted: number): string | null {
  return field === wanted ? decoder.decode(content) : null;
}

function renamed(content: Uint8Array, nameOf: (location: string) => string): Uint8Array {
  const location = decoder.decode(content);
  const name = nameOf(location);
  return name === location ? content : encoder.encode(name);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Uint8Array.of(...bytes, value);
}
