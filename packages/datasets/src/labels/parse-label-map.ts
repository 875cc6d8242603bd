/** The items of a label map in protobuf's text format, as TensorFlow's detectors have them.
 * @throws SyntaxError for an item without an id or a name.
 * @see
 * https://github.com/tensorflow/models/blob/master/research/object_detection/protos/string_int_label_map.proto
 */
export function parseLabelMap(text: string): { id: number; name: string }[] {
  const plain = text.replace(/^\s*#.*$/gm, '');
  const items = Array.from(plain.matchAll(item), ([, fields]) => fields!);
  const begun = plain.match(/\bitem\s*:?\s*\{/g)?.length ?? 0;
  if (items.length < begun) throw new SyntaxError(`of ${begun} items ${items.length} can be read`);
  return items.map((fields, at) => {
    const id = /\bid\s*:\s*(-?\d+)/.exec(fields.replace(nested, ''))?.[1];
    const name = textOf(fields, 'display_name') ?? textOf(fields, 'name');
    if (id === undefined || name === null) throw new SyntaxError(`item ${at + 1} has no id, or no name`);
    return { id: Number(id), name };
  });
}

/** Texts may hold braces; key points and the like are messages inside of an item. */
const quoted = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`;
const inner = `\\{(?:${quoted}|[^{}"'])*\\}`;
const item = new RegExp(`\\bitem\\s*:?\\s*\\{((?:${quoted}|${inner}|[^{}"'])*)\\}`, 'g');
const nested = new RegExp(inner, 'g');

function textOf(item: string, field: string): string | null {
  const [, double, single] =
    new RegExp(`\\b(?<!_)${field}\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)')`).exec(item) ?? [];
  return (double ?? single)?.replace(/\\(.)/g, '$1') ?? null;
}
