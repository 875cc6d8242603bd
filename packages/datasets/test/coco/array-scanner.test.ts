import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createArrayScanner } from '../../src/coco/array-scanner.ts';

function scan(text: string, pieceLength: number): { rest: Record<string, unknown>; found: Record<string, unknown[]> } {
  const found: Record<string, unknown[]> = {};
  const collect = (key: string) => (elements: readonly unknown[]) => void (found[key] ??= []).push(...elements);
  const scanner = createArrayScanner({ images: collect('images'), annotations: collect('annotations') });
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += pieceLength) scanner.push(bytes.subarray(i, i + pieceLength));
  return { rest: scanner.finish(), found };
}

it('createArrayScanner finds what JSON.parse finds, however the bytes are cut', () => {
  const file = fc.record(
    {
      images: fc.array(fc.jsonValue()),
      annotations: fc.array(fc.jsonValue()),
      info: fc.jsonValue(),
      'a"\\[': fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(file, fc.integer({ min: 1, max: 50 }), fc.constantFrom(undefined, 2), (value, length, indent) => {
      const text = JSON.stringify(value, null, indent);
      const parsed = JSON.parse(text) as Record<string, unknown[]>;
      const { rest, found } = scan(text, length);
      for (const key of ['images', 'annotations']) {
        if (!(key in parsed)) continue;
        expect(found[key] ?? []).toEqual(parsed[key]);
        parsed[key] = [];
      }
      expect(rest).toEqual(parsed);
    }),
  );
});

it('createArrayScanner hands over long arrays in parts, and misses nothing', () => {
  const images = Array.from({ length: 60_000 }, (_, id) => ({ id, file_name: `${id}, [x].jpg`.padStart(40, '"') }));
  const { found } = scan(JSON.stringify({ images }), 1 << 16);
  expect(found['images']).toEqual(images);
});

it.each([
  '',
  ' ',
  'null',
  '[]',
  '"images"',
  '{"images": [1,]}',
  '{"images": [,1]}',
  '{"images": [1 2]}',
  '{"images": [{]}',
  '{"images": [1}',
  '{"images": [1]',
  '{"images": [1',
  '{"images": ["a',
  '{"images": []}]',
  '{"images": [NaN]}',
  '{"images" [1]}',
])('createArrayScanner(%s) is a SyntaxError', (text) => {
  expect(() => scan(text, 3)).toThrow(SyntaxError);
});
