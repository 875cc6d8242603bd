import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { entropy, leastConfidence, margin, ratio } from '@qualm/strategies';
import type { RankOrder, Strategy } from '@qualm/types';
import { UsageError } from './exit-code.ts';

const builtIn: Readonly<Record<string, Strategy>> = { 'least-confidence': leastConfidence, margin, ratio, entropy };

/** The names that `--strategy` knows without a file. */
export const strategyNames: readonly string[] = Object.keys(builtIn);

/** The strategy of that name, or the export of a module: `./mine.js#score`.
 * A plain function ranks large numbers first unless it has an `order` of its own.
 * @throws UsageError when there is none.
 */
export async function resolveStrategy(name: string, cwd: string): Promise<Strategy> {
  const known = builtIn[name];
  if (known) return known;
  const [path, exported = 'default'] = name.split('#');
  if (!path || !/^[./]|^[a-z]:/i.test(path)) {
    throw new UsageError(
      `--strategy: "${name}" is unknown; choose one of ${strategyNames.join(', ')}, or name a module and its export: ./mine.js#score`,
    );
  }
  const module = (await importModule(resolve(cwd, path))) as Record<string, unknown>;
  return asStrategy(module[exported], exported, name);
}

async function importModule(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    const hint = /\.[cm]?ts$/.test(path) ? ' (TypeScript files need Node 22.18 or newer)' : '';
    throw new UsageError(`--strategy: ${path} cannot be imported${hint}: ${String(cause)}`, { cause });
  }
}

function asStrategy(value: unknown, exported: string, name: string): Strategy {
  const candidate = value as Partial<Strategy> | undefined;
  const score = typeof value === 'function' && !candidate?.score ? (value as Strategy['score']) : candidate?.score;
  if (typeof score !== 'function') {
    throw new UsageError(
      `--strategy: "${name}" has no export "${exported}" that is a function or a { name, order, score }`,
    );
  }
  const order: RankOrder = candidate?.order ?? 'descending';
  const scoreRows = candidate?.scoreRows;
  return { name: candidate?.name || exported, order, score, ...(scoreRows ? { scoreRows } : {}) };
}
