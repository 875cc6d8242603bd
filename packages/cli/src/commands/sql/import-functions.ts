import type { SqlFunction } from '@qualm/sql';
import type { Strategy } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { importExport } from '../../options/import-export.ts';
import type { NamedFunction } from './function-argument.ts';

/** What a session takes functions as. */
export interface OwnFunctions {
  readonly functions: Readonly<Record<string, SqlFunction>>;
  readonly strategies: Readonly<Record<string, Strategy>>;
}

/** Imports functions, and strategies, that modules export.
 * @throws UsageError for a module that cannot be imported, an export that is neither, and two of
 * one name.
 */
export async function importFunctions(named: readonly NamedFunction[], cwd: string): Promise<OwnFunctions> {
  const functions = new Map<string, SqlFunction>();
  const strategies = new Map<string, Strategy>();
  for (const { name, place } of named) {
    if (functions.has(name) || strategies.has(name)) throw new UsageError(`--function: two are called "${name}"`);
    const { value } = await importExport('--function', place, cwd);
    if (hasFunction(value, 'call')) functions.set(name, value as unknown as SqlFunction);
    else if (hasFunction(value, 'score')) strategies.set(name, value as unknown as Strategy);
    else
      throw new UsageError(
        `--function: "${place}" is neither { parameters, returns, call } nor a strategy { name, order, score }`,
      );
  }
  return { functions: Object.fromEntries(functions), strategies: Object.fromEntries(strategies) };
}

function hasFunction(value: unknown, name: string): value is object {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}
