import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestFile, digestOf, hasDigest } from '../../src/files/file-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('digestOf(bytes) has the check value of CRC-32 and the SHA-256 of FIPS 180-2 as text', () => {
  expect(digestOf(Buffer.from('123456789')).crc32).toBe('cbf43926');
  const { bytes, sha256 } = digestOf(Buffer.from('abc'));
  expect({ bytes, sha256 }).toEqual({
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
  expect(digestOf(new Uint8Array(0)).crc32).toBe('00000000');
});

it('digestFile(path) is digestOf what is in it, also over several pieces', async () => {
  const path = join(await temporaryFolder(), 'file');
  const content = Uint8Array.from({ length: 2 ** 21 + 7 }, (_, at) => at % 251);
  await writeFile(path, content);
  expect(await digestFile(path)).toEqual(digestOf(content));
});

it('hasDigest(content, digest) is true for the content and false for any flipped bit, by CRC-32 and by SHA-256', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(7), (content, place, bit) => {
      const { crc32, ...older } = digestOf(content);
      const flipped = Uint8Array.from(content);
      flipped[place % content.length]! ^= 1 << bit;
      for (const digest of [older, { ...older, crc32 }]) {
        expect(hasDigest(content, digest)).toBe(true);
        expect(hasDigest(flipped, digest)).toBe(false);
        expect(hasDigest(content.subarray(1), digest)).toBe(false);
      }
    }),
  );
});
