import type { SparkSession } from '../connect/spark-session.ts';
import { readRows } from '../predict/read-rows.ts';

/** What a command of the shell says in so many tasks, each with 20 lines to read. */
export type AskTasks = (command: string, tasks: number) => Promise<readonly string[]>;

/** Asks tasks of a session. */
export function createAskTasks(session: SparkSession, signal: AbortSignal | undefined): AskTasks {
  return async (command, tasks) => {
    const text =
      'SELECT TRANSFORM(line) USING :command AS (line STRING) ' +
      `FROM (SELECT /*+ REPARTITION(${tasks}) */ concat('line ', id) AS line FROM range(${tasks * 20}))`;
    const rows = await readRows(session, text, { parameters: { command }, ...(signal && { signal }) });
    return rows.map(({ line }) => String(line));
  };
}

/** The first line of what an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
}
