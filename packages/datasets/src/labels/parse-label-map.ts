/** The items of a label map in protobuf's text format, as TensorFlow's detectors have them.
 * @throws SyntaxError for an item without an id or a name.
 * @see https://github.com/tensorflow/models/blob/master/research/object_detection/protos/string_int_label_map.proto
 */
export function parseLabelMap(text: string): { id: number; name: string }[] {
  const plain = text.replace(/^\s*#.*$/gm, '');
  return Array.from(
    plain.matchAll(/\bitem\s*:?\s*\{((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^{}"'])*)\}/g),
    ([, item], at) => {
      const id = /\bid\s*:\s*(-?\d+)/.exec(item!)?.[1];
      const name = textOf(item!, 'display_name') ?? textOf(item!, 'name');
      if (id === undefined || name === null) throw new SyntaxError(`item ${at + 1} has no id, or no name`);
      return { id: Number(id), name };
    },
  );
}

function textOf(item: string, field: string): string | null {
  const [, double, single] =
    new RegExp(`\\b(?<!_)${field}\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)')`).exec(item) ?? [];
  return (double ?? single)?.replace(/\\(.)/g, '$1') ?? null;
}
