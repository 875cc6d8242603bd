const signatures: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
  ['gzip', [0x1f, 0x8b]],
  ['a zip file', [0x50, 0x4b, 3, 4]],
];

/** What the first bytes of a file say that it is instead of UTF-8 text: `UTF-16`, `UTF-32`, `gzip` or `a zip file`; null
 * where they say nothing.
 * @example foreignText(Uint8Array.of(0xff, 0xfe, 0x41, 0)) // 'UTF-16'
 */
export function foreignText(bytes: Uint8Array): string | null {
  const found = signatures.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  return found?.[0] ?? null;
}
