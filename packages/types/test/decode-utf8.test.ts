import { expect, it } from 'vitest';
import { decodeUtf8 } from '../src/decode-utf8.ts';

it('decodeUtf8(bytes) is text without its byte-order mark', () => {
  expect(decodeUtf8(Buffer.from('\ufeffcat\n猫'))).toBe('cat\n猫');
  expect(decodeUtf8(new Uint8Array())).toBe('');
});

it.each<[string, Uint8Array, string]>([
  [
    'UTF-16 as Windows writes it',
    Buffer.from('\ufeffcat', 'utf16le'),
    'it is UTF-16, expected text in UTF-8; save it as UTF-8',
  ],
  [
    'UTF-16, big end first',
    Uint8Array.of(0xfe, 0xff, 0, 0x63),
    'it is UTF-16, expected text in UTF-8; save it as UTF-8',
  ],
  ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x63, 0, 0, 0), 'it is UTF-32, expected text in UTF-8; save it as UTF-8'],
  ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'it is gzip, expected text in UTF-8; decompress it first (gunzip)'],
  ['Latin-1', Buffer.from('Möwe', 'latin1'), 'it is not UTF-8; save it as UTF-8'],
])('decodeUtf8(%s) says what it is', (_, bytes, message) => {
  expect(() => decodeUtf8(bytes)).toThrow(new SyntaxError(message));
});
