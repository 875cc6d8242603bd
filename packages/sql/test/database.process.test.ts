import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSqlSession } from '../src/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-sql-database-'));

async function written(name: string): Promise<string> {
  const path = join(folder, name);
  const session = await createSqlSession({ path });
  await session.sql('CREATE TABLE t AS SELECT 1 AS one');
  await session.close();
  return path;
}

it('a database that another process has open is an error that says so', async () => {
  const path = await written('locked.duckdb');
  const script = `
    const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(process.argv[1]).then(() => { console.log('open'); setInterval(() => 0, 1000); });`;
  const other = spawn(process.execPath, ['-e', script, path], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void other.kill('SIGKILL'));
  await once(other.stdout, 'data');
  await expect(createSqlSession({ path })).rejects.toMatchObject({
    code: 'io',
    message: expect.stringMatching(/locked\.duckdb" cannot be opened: another program has it open/) as string,
  });
});

it('a database of a newer version is an error that says so', async () => {
  const path = await written('newer.duckdb');
  const bytes = await readFile(path);
  // The main header: a checksum of 8 bytes, "DUCK", and the version of the storage.
  expect(bytes.subarray(8, 12).toString()).toBe('DUCK');
  bytes.writeBigUInt64LE(9999n, 12);
  await writeFile(path, bytes);
  const wrong = await createSqlSession({ path }).catch((error: unknown) => (error as Error).message);
  bytes.writeBigUInt64LE(BigInt(/computed checksum (\d+)/.exec(String(wrong))![1]!), 0);
  await writeFile(path, bytes);
  await expect(createSqlSession({ path })).rejects.toMatchObject({
    code: 'io',
    message: expect.stringMatching(
      /newer\.duckdb" cannot be opened: .*9999[^]*install a newer @duckdb\/node-api/,
    ) as string,
  });
});

it('a database that is read only is read, and not written', async () => {
  const path = await written('read.duckdb');
  const session = await createSqlSession({ path, readOnly: true });
  expect(await (await session.sql('FROM t')).rows()).toEqual([{ one: 1 }]);
  await expect(session.sql('CREATE TABLE u AS SELECT 1')).rejects.toMatchObject({
    message: expect.stringContaining('read-only') as string,
  });
  expect(await (await session.sql('FROM t')).rows()).toEqual([{ one: 1 }]);
  await session.close();
});
