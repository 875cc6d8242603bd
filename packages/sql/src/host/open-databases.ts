import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { QualmError } from '@qualm/types';

/** The database files that sessions of this process have open. DuckDB's lock on a file holds off
 * other processes only: two sessions of one process that write would lose each other's tables. */
export interface OpenDatabases {
  /** Takes a file until what comes back is called.
   * @throws QualmError `io` where another session has it, unless both only read. */
  claim(path: string, readOnly: boolean): () => void;
}

export function createOpenDatabases(): OpenDatabases {
  const open = new Map<string, { readonly readOnly: boolean; sessions: number }>();
  return {
    claim(path, readOnly) {
      if (path === '' || path.startsWith(':memory:')) return () => undefined;
      const place = placeOf(path);
      const there = open.get(place);
      if (there && !(there.readOnly && readOnly))
        throw new QualmError(
          'io',
          `sql: the database "${path}" is open in another session of this process; use that session, close it, or open both read-only`,
        );
      const entry = there ?? { readOnly, sessions: 0 };
      entry.sessions++;
      open.set(place, entry);
      return () => {
        if (--entry.sessions === 0) open.delete(place);
      };
    },
  };
}

/** One name for a file, by whatever links it is reached. */
function placeOf(path: string): string {
  const whole = resolve(path);
  return realPath(whole) ?? join(realPath(dirname(whole)) ?? dirname(whole), basename(whole));
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
