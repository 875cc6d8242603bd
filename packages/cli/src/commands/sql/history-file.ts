import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileWhole } from '@qualm/datasets';
import type { Terminal } from '../../terminal/terminal.ts';
import { homeFolder } from '../../settings/trusted-files.ts';

/** As many statements are kept; when there are twice as many, the file is written anew. */
const kept = 1000;

/** Statements of earlier sessions. */
export interface HistoryFile {
  /** The latest first. */
  read(): Promise<string[]>;
  /** Keeps a statement; that it cannot is no trouble. */
  add(line: string): Promise<void>;
}

/** The history in the user's folder of state; null where the environment names no home. */
export function openHistory(env: Terminal['env']): HistoryFile | null {
  const home = homeFolder(env);
  const folder = env['XDG_STATE_HOME'] || (home && join(home, '.local', 'state'));
  if (!folder) return null;
  const path = join(folder, 'qualm', 'sql-history');
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '');
      const lines = text.split('\n').filter((line) => line !== '');
      if (lines.length > 2 * kept) await write(path, lines.slice(-kept));
      return lines.slice(-kept).reverse();
    },
    async add(line) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(() => undefined);
      await appendFile(path, `${line}\n`, { mode: 0o600 }).catch(() => undefined);
    },
  };
}

async function write(path: string, lines: readonly string[]): Promise<void> {
  await writeFileWhole(path, `${lines.join('\n')}\n`).catch(() => undefined);
}
