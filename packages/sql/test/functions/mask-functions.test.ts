import fc from 'fast-check';
import { Mask } from '@qualm/types';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import type { TestDatabase } from './open-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

test('mask_area of an RLE is the number of pixels that were drawn', async () => {
  const bitmaps = fc.array(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(bitmaps, async (some) => {
      const values = some.map((bits, id) => {
        const mask = Mask.fromBitmap(Uint8Array.from(bits, Number), { width: 4, height: 3 });
        return `(${id}, {'height': 3, 'width': 4, 'counts': [${[...mask.toCocoRle()].join(', ')}]})`;
      });
      const areas = await database.column(`SELECT mask_area(m) FROM (VALUES ${values.join()}) AS t(id, m) ORDER BY id`);
      expect(areas).toEqual(some.map((bits) => bits.filter(Boolean).length));
    }),
    { numRuns: 10 },
  );
});

test.each([
  ["mask_area({'height': 2, 'width': 3, 'counts': [1, 2, 3]})", 2],
  ["mask_area({'counts': [1, 2, 3]::BIGINT[], 'width': 3::BIGINT, 'height': 2::BIGINT})", 2],
  ["mask_area({'height': 2, 'width': NULL, 'counts': [1, 2, 3]})", null],
  ["mask_area({'height': 2, 'width': 3, 'counts': NULL})", null],
  ['mask_area(NULL)', null],
])('%s is %o', async (call, expected) => {
  expect(await database.value(`SELECT ${call}`)).toBe(expected);
});

test.each([
  [
    "mask_area({'height': 2, 'width': 3, 'counts': [1, 2]})",
    /mask_area: Mask: RLE counts sum to 3; expected 3 x 2 = 6/,
  ],
  ["mask_area({'height': 2, 'width': 3, 'counts': [7, -1]})", /mask_area: Mask: count 1 of the RLE is -1/],
  ["mask_area({'height': 0, 'width': 3, 'counts': []})", /mask_area: Mask: size is 3 x 0/],
])('%s is an error that says so', async (call, message) => {
  await expect(database.value(`SELECT ${call}`)).rejects.toThrow(message);
});
