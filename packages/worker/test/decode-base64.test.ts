import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64 } from '../src/decode-base64.ts';

it('gives the bytes of base64, of its URL form, without padding, and in lines as Spark 3.5 writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      const inLines = text.replace(/.{76}/g, '$&\r\n');
      for (const one of [text, inLines, text.replace(/=+$/, ''), Buffer.from(bytes).toString('base64url')])
        expect(Uint8Array.from(decodeBase64(one))).toEqual(bytes);
    }),
  );
});

it.each(['', 'a', 'abcde', 'ab!d', '====', 'ab=', 'abc=d', 'é'])('refuses %j', (text) => {
  expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ code: 'image-invalid' }));
});
