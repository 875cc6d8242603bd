import { describe, expect, it } from 'vitest';
import { createSqlSession } from '../src/index.ts';

describe('sql(text) gives no rows where a statement has none', () => {
  it('and says how many it changed', async () => {
    const session = await createSqlSession();
    const steps: readonly (readonly [text: string, changed: number | null, columns: readonly string[]])[] = [
      ['CREATE TABLE t (n INTEGER)', null, []],
      ['CREATE TABLE u AS SELECT 1 AS n UNION ALL SELECT 2', 2, []],
      ['CREATE VIEW v AS SELECT 1', null, []],
      ['INSERT INTO t VALUES (1), (2), (3)', 3, []],
      ['UPDATE t SET n = n + 1 WHERE n > 1', 2, []],
      ['DELETE FROM t WHERE n > 3', 1, []],
      ['INSERT INTO t VALUES (9) RETURNING n', null, ['n']],
      ['SET threads = 1', null, []],
      ['DROP MODEL IF EXISTS nowhere', null, []],
      ['SELECT * FROM t', null, ['n']],
      ['DROP TABLE u', null, []],
    ];
    for (const [text, changed, columns] of steps) {
      const result = await session.sql(text);
      const rows = await result.rows();
      expect({ text, changed: result.changed, columns: result.columns.map(({ name }) => name) }).toEqual({
        ...{ text, changed, columns },
      });
      if (columns.length === 0) expect(rows).toEqual([]);
    }
    await session.close();
  });
});
