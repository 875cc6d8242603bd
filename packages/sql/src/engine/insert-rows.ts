import type { DuckDBConnection } from '@duckdb/node-api';
import type { InsertRequest } from '../protocol.ts';
import type { DuckDb } from './load-duckdb.ts';

/** Adds rows to a temporary table, which is made anew with the first. */
export async function insertRows(
  lib: DuckDb,
  connection: DuckDBConnection,
  { name, columns, rows, isFirst }: InsertRequest,
): Promise<void> {
  const table = quoted(name);
  if (isFirst) {
    const list = columns.map((column) => `${quoted(column.name)} ${column.type}`).join(', ');
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (${list})`);
  }
  if (rows.length === 0) return;
  const types = (await connection.run(`SELECT * FROM ${table} LIMIT 0`)).columnTypes();
  const chunk = lib.DuckDBDataChunk.create(types, rows.length);
  chunk.setRowsConverted(rows as never, lib.JSToDuckDBValueConverter as never);
  const appender = await connection.createAppender(name, 'main', 'temp');
  try {
    appender.appendDataChunk(chunk);
  } finally {
    appender.closeSync();
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
