import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParquet } from '../../src/tables/read-parquet.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const fixtures = new URL('../../fixtures/parquet/', import.meta.url);
const path = (name: string): string => new URL(name, fixtures).pathname;
const { rows } = JSON.parse(readFileSync(new URL('expected.json', fixtures), 'utf8')) as {
  rows: Record<string, unknown>[];
};

describe('readParquet reads what pyarrow and polars write', () => {
  it.each(readdirSync(fixtures).filter((name) => /-v\d\.parquet$/.test(name)))('%s', async (name) => {
    const { length, columns } = await readParquet(path(name));
    expect(length).toBe(rows.length);
    expect(columns).toEqual(
      Object.fromEntries(Object.keys(rows[0]!).map((column) => [column, rows.map((row) => row[column])])),
    );
  });
});

it.each([
  ['column-named-proto.parquet', 'it has a column named "__proto__"; give it another name'],
  ['column-twice.parquet', 'it has two columns named "a"; give one another name'],
])('readParquet(%s) says which column cannot be kept', async (name, why) => {
  await expect(readParquet(path(name))).rejects.toMatchObject({
    code: 'dataset-invalid',
    message: expect.stringContaining(why) as string,
  });
});

it.each(['gzip', 'brotli', 'zstd', 'lz4', 'snappy'])(
  'readParquet of a damaged %s page names the file',
  async (codec) => {
    const bytes = await readFile(path(`pyarrow-${codec}-v1.parquet`));
    bytes.fill(0xff, 40, 900);
    const damaged = join(await temporaryFolder(), 'damaged.parquet');
    await writeFile(damaged, bytes);
    await expect(readParquet(damaged)).rejects.toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringContaining('damaged.parquet') as string,
    });
  },
);
