import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession } from '../src/index.ts';
import { rowsOf, toySession, writeToyFolder } from './toy-session.ts';

const images = 20;
const file = new URL('../fixtures/duckdb/statements.sql', import.meta.url);
const statements = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('--'));
let session: SqlSession;

beforeAll(async () => {
  session = await toySession(await writeToyFolder(images));
  await session.sql("CREATE MODEL toy USING 'toy.json'");
  await session.sql("CREATE TABLE i AS SELECT *, ML_PREDICT(toy, image) AS rows FROM read_images('.')");
  await session.sql("CREATE TABLE classes AS SELECT * FROM (VALUES (1, 'red'), (2, 'green'), (3, 'blue')) t(id, name)");
});

afterAll(() => session.close());

/** The statement over rows that were stored before, so that DuckDB alone answers it. */
function materialised(statement: string): string {
  return statement.replaceAll(/ML_PREDICT\s*\(\s*toy\s*,\s*(?:(\w+)\.)?"?image"?\s*\)(?!')/gi, (_, table?: string) =>
    table ? `${table}.rows` : 'rows',
  );
}

/** Rows as texts; in their order where the statement says one. */
function comparable(rows: readonly object[], statement: string): readonly string[] {
  const texts = rows.map((row) => JSON.stringify(Object.values(row), plain));
  return /ORDER BY[^()]*$/.test(statement) ? texts : texts.sort();
}

function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}

describe('a statement gives what DuckDB gives over rows that were stored before', () => {
  it.each(statements)('%s', async (statement) => {
    const found = await rowsOf(session, statement);
    const expected = await rowsOf(session, materialised(statement));
    expect(comparable(found, statement)).toEqual(comparable(expected, statement));
    expect(found.length).toBeGreaterThan(0);
  });
});

it('the corpus has statements with the model and without', () => {
  expect(statements.length).toBeGreaterThan(120);
  expect(statements.filter((text) => materialised(text) !== text).length).toBeGreaterThan(105);
});
