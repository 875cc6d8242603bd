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
  '{"images": [NaNa]}',
  '{"images": [Infinity1]}',
  '{"images" [1]}',
])('createArrayScanner(%s) is a SyntaxError', (text) => {
  expect(() => scan(text, 3)).toThrow(SyntaxError);
});

it('createArrayScanner gives NaN and infinities as texts, and leaves texts alone', () => {
  const { rest, found } = scan('{"images": [NaN, [-Infinity, "NaN, 1"], Infinity], "info": {"a\\"NaN": NaN}}', 2);
  expect(found['images']).toEqual(['NaN', ['-Infinity', 'NaN, 1'], 'Infinity']);
  expect(rest['info']).toEqual({ 'a"NaN': 'NaN' });
});

it('createArrayScanner gives ids that no number holds as the text of their digits', () => {
  const text = '{"images": [{"id": 9007199254740993, "note": "\\"id\\": 9007199254740993", "x": 9007199254740993}]}';
  const [image] = scan(text, 7).found['images']!;
  expect(image).toEqual({ id: '9007199254740993', note: '"id": 9007199254740993', x: 9007199254740992 });
  const safe = '{"images": [{"id":9007199254740991},{"image_id":-9007199254740992,"id":1234567890123456.5}]}';
  expect(scan(safe, 50).found['images']).toEqual([
    { id: 9007199254740991 },
    { image_id: '-9007199254740992', id: 1234567890123456.5 },
  ]);
});

it.each<[string, Buffer, RegExp]>([
  ['UTF-16', Buffer.from('\ufeff{"images": []}', 'utf16le'), /it is UTF-16, expected UTF-8/],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /it is gzip/],
  ['Latin-1', Buffer.from('{"images": ["ö.jpg"]}', 'latin1'), /it is not UTF-8/],
])('createArrayScanner(%s) says what it is', (_, bytes, message) => {
  const scanner = createArrayScanner({ images: () => undefined });
  expect(() => {
    scanner.push(bytes);
    scanner.finish();
  }).toThrow(message);
});
