import { fieldsOf } from './protobuf-fields.ts';

/** Fields of ONNX's messages: `metadata_props` of the model, `key` and `value` of an entry.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const metadataProps = 14;
const [keyField, valueField] = [1, 2];

const decoder = new TextDecoder();

/** What an ONNX model says of itself: its `metadata_props`, such as the `names`, `imgsz` and `task`
 * of Ultralytics' exports. Empty for a file without, and for one that is not ONNX's protobuf.
 * @example onnxMetadata(await readFile('best.onnx')).names // "{0: 'person', 1: 'bicycle'}"
 */
export function onnxMetadata(model: Uint8Array): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  try {
    for (const { field, content } of fieldsOf(model)) {
      if (field !== metadataProps) continue;
      const texts = new Map(Array.from(fieldsOf(content), (one) => [one.field, decoder.decode(one.content)]));
      entries.push([texts.get(keyField) ?? '', texts.get(valueField) ?? '']);
    }
  } catch (error) {
    if (error instanceof RangeError) return {};
    throw error;
  }
  return Object.fromEntries(entries);
}
