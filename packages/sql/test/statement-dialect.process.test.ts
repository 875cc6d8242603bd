import { expect, it } from 'vitest';
import { createSqlSession } from '../src/index.ts';
import type { SqlDialect } from '../src/index.ts';

it('sql(text, parameters, { dialect }) reads one statement in that dialect, in the same session', async () => {
  const twice = { parameters: ['INTEGER'], returns: 'INTEGER', call: (value: number) => 2 * value };
  const session = await createSqlSession({ functions: { twice } });
  const first = async (text: string, dialect?: SqlDialect): Promise<unknown> =>
    (await (await session.sql(text, undefined, dialect && { dialect })).rows())[0];
  await session.sql('CREATE TEMP TABLE t AS SELECT [10, 20] AS scores');
  expect(await first('SELECT twice(scores[1]) AS n FROM t')).toEqual({ n: 20 });
  expect(await first('SELECT twice(scores[1]) AS n FROM t', 'spark')).toEqual({ n: 40 });
  expect(await first('SELECT twice(scores[1]) AS n FROM t', 'duckdb')).toEqual({ n: 20 });
  await session.createFunction('thrice', { ...twice, call: (value: number) => 3 * value });
  expect(await first('SELECT thrice(scores[0]) AS n FROM t', 'spark')).toEqual({ n: 30 });
  await session.close();
});
