import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSqlSession } from '../src/index.ts';
import { rowsOf, toySession, writeToyFolder } from './toy-session.ts';

it('more sessions than libuv has threads predict at once', async () => {
  const folder = await writeToyFolder(20);
  const counts = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const session = await toySession(folder);
      await session.sql("CREATE MODEL toy USING 'toy.json'");
      const text = "SELECT count(ML_PREDICT(toy, image)) AS n FROM read_images('.')";
      const [row] = await rowsOf(session, text);
      await session.close();
      return row!['n'];
    }),
  );
  expect(counts).toEqual([20, 20, 20, 20, 20, 20]);
});

it('a database that another session of the process has open is refused, by whatever link, unless both only read', async () => {
  const folder = await writeToyFolder(0);
  const path = join(folder, 'work.duckdb');
  const first = await createSqlSession({ path });
  await first.sql('CREATE TABLE kept AS SELECT 1 AS x');
  const link = join(folder, 'link.duckdb');
  await symlink(path, link);
  for (const options of [{ path }, { path: link }, { path, readOnly: true }])
    await expect(createSqlSession(options)).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining('is open in another session of this process') as string,
    });
  await first.close();
  const readers = await Promise.all([1, 2].map(() => createSqlSession({ path, readOnly: true })));
  for (const reader of readers) expect(await rowsOf(reader, 'FROM kept')).toEqual([{ x: 1 }]);
  await expect(createSqlSession({ path })).rejects.toMatchObject({ code: 'io' });
  for (const reader of readers) await reader.close();
  const again = await createSqlSession({ path });
  expect(await rowsOf(again, 'FROM kept')).toEqual([{ x: 1 }]);
  await again.close();
});

it('sessions in memory are many', async () => {
  const sessions = await Promise.all([createSqlSession(), createSqlSession({ path: ':memory:' })]);
  for (const session of sessions) await session.sql('CREATE TABLE own AS SELECT 1 AS x');
  expect(await rowsOf(sessions[0]!, 'FROM own')).toEqual([{ x: 1 }]);
  for (const session of sessions) await session.close();
});
