import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Keeps DuckDB to the thread that asked for the rows while a statement predicts. With more, one
 * of them runs the model's function and the others spin, each on a core that the model's own
 * threads need (duckdb/duckdb#22178). */
export interface ThreadLimit {
  /** Told when DuckDB binds a function that waits for a model, in whatever view or macro it stands.
   */
  onBind(): void;
  /** To be called when a statement is bound, before it runs. */
  apply(): Promise<void>;
  /** To be called after a statement. */
  lift(): Promise<void>;
}

export function createThreadLimit(instance: DuckDBInstance): ThreadLimit {
  /** Not the statement's connection: there, a setting would end a result that is read. */
  let settings: Promise<DuckDBConnection> | null = null;
  let isBound = false;
  let before: bigint | null = null;
  const run = async (sql: string): Promise<readonly unknown[][]> => {
    const connection = await (settings ??= instance.connect());
    return (await connection.runAndReadAll(sql)).getRows();
  };
  return {
    onBind() {
      isBound = true;
    },
    async apply() {
      if (!isBound || before !== null) return;
      const [row] = await run("SELECT current_setting('threads'), current_setting('external_threads')");
      const [threads, least] = row as [bigint, bigint];
      if (threads <= least) return;
      try {
        await run(`SET threads = ${least}`);
        before = threads;
      } catch {
        // The configuration is locked: what follows is slower, and right all the same.
      }
    },
    async lift() {
      isBound = false;
      const threads = before;
      before = null;
      if (threads !== null) await run(`SET threads = ${threads}`).catch(() => undefined);
    },
  };
}
