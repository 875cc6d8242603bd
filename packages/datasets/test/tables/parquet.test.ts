import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Box2d, Image } from '@qualm/types';
import { inferColumnType } from '../../src/tables/column-type.ts';
import { readParquet } from '../../src/tables/read-parquet.ts';
import { writeParquet } from '../../src/tables/write-parquet.ts';
import type { WriteParquetOptions } from '../../src/tables/write-parquet.ts';
import type { TableColumns } from '../../src/tables/column-type.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function roundTrip(
  columns: TableColumns,
  options?: WriteParquetOptions,
): Promise<Record<string, readonly unknown[]>> {
  const path = join(await temporaryFolder(), 'table.parquet');
  await writeParquet(path, columns, options);
  return { ...(await readParquet(path)).columns };
}

it('readParquet gives back what writeParquet stored', async () => {
  const columns = {
    image_id: ['a', 'b é "漢"', null],
    id: [1, 2 ** 40, -3],
    score: [0.1, NaN, -0],
    low: Float32Array.of(0.1, 2, 3),
    n: Int32Array.of(-1, 0, 2 ** 31 - 1),
    box: [new Box2d(0, 1, 2, 3.5), null, new Box2d(0, 0, 0, 0)],
    scores: [Float32Array.of(0.5, 0.25), Float32Array.of(), null],
    label_ids: [Int32Array.of(1, 2), null, Int32Array.of()],
    labels: [['a', 'b'], [], null],
    ok: [true, false, null],
    nothing: [null, null, null],
  };
  expect(await roundTrip(columns)).toEqual({
    ...columns,
    low: [Math.fround(0.1), 2, 3],
    n: [-1, 0, 2 ** 31 - 1],
    scores: [[0.5, 0.25], [], null],
    label_ids: [[1, 2], null, []],
  });
});

it('writeParquet stores images as URIs and keeps bigints that are not safe numbers', async () => {
  const columns = { image: [Image.fromUri('file:///a.jpg'), Image.fromBytes(new Uint8Array(1))], big: [2n ** 60n, 1n] };
  expect(await roundTrip(columns)).toEqual({ image: ['file:///a.jpg', null], big: [2n ** 60n, 1] });
});

it('writeParquet(types) stores what is asked for', async () => {
  const { score } = await roundTrip({ score: [0.1, 1] }, { types: { score: 'float32' } });
  expect(score).toEqual([Math.fround(0.1), 1]);
  await expect(roundTrip({ score: [0.5] }, { types: { score: 'int32' } })).rejects.toThrow(
    /is int32, a value is number 0.5/,
  );
});

it('writeParquet of doubles and text is exact', async () => {
  const rows = fc.array(fc.tuple(fc.option(fc.double()), fc.option(fc.string({ unit: 'grapheme' }))), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(rows, async (values) => {
      const columns = { x: values.map(([x]) => x), text: values.map(([, text]) => text) };
      expect(await roundTrip(columns, { types: { x: 'float64', text: 'string' } })).toEqual(columns);
    }),
    { numRuns: 30 },
  );
});

it('writeParquet crosses row groups and takes tables without rows', async () => {
  const x = Float64Array.from({ length: 45_001 }, (_, i) => i / 2);
  expect((await roundTrip({ x }))['x']).toEqual(Array.from(x));
  expect(await roundTrip({ x: [], y: [] })).toEqual({ x: [], y: [] });
});

it.each([
  ['no columns', {}],
  ['columns of two lengths', { a: [1], b: [1, 2] }],
  ['values of two kinds', { a: [1, 'b'] }],
  ['a value that nothing stores', { a: [new Map()] }],
])('writeParquet(%s) is a RangeError', async (_, columns) => {
  await expect(roundTrip(columns)).rejects.toThrow(RangeError);
});

it.each([
  [[1, 2], 'int32'],
  [[1, 2 ** 31], 'int64'],
  [[1, null, 0.5], 'float64'],
  [[-0], 'float64'],
  [[null], 'string'],
  [[[1, 2]], 'list<float32>'],
] as const)('inferColumnType(%o) is %s', (values, type) => {
  expect(inferColumnType('x', [...values])).toBe(type);
});

it('readParquet refuses what is not Parquet', async () => {
  const path = join(await temporaryFolder(), 'x.parquet');
  await writeFile(path, 'hello, this is not Parquet');
  await expect(readParquet(path)).rejects.toMatchObject({ code: 'dataset-invalid' });
  await writeFile(path, '');
  await expect(readParquet(path)).rejects.toMatchObject({ code: 'dataset-invalid' });
  await expect(readParquet('/no/such.parquet')).rejects.toMatchObject({ code: 'io' });
});
