import type * as api from '@duckdb/node-api';
import type * as bindings from '@duckdb/node-bindings';
import { QualmError } from '@qualm/types';

/** DuckDB's package for Node, and the one below it, whose functions reach a vector's memory. */
export type DuckDb = typeof api & { readonly bindings: typeof bindings };

/** @throws QualmError `backend-unavailable` that names the package to install. */
export async function loadDuckDb(): Promise<DuckDb> {
  try {
    const [api, { default: bindings }] = await Promise.all([
      import('@duckdb/node-api'),
      import('@duckdb/node-bindings') as unknown as Promise<{ default: DuckDb['bindings'] }>,
    ]);
    return { ...api, bindings };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('backend-unavailable', `sql: DuckDB cannot start (${reason}); npm install @duckdb/node-api`, {
      cause,
    });
  }
}
