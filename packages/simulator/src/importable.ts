import * as strategies from '@qualm/strategies';
import type { Strategy } from '@qualm/types';
import type { Importable, Learner } from './learner.ts';
import * as own from './query-strategy.ts';
import type { QueryStrategy } from './query-strategy.ts';

/** What a simulation is made of: the thing itself, or where to import it. */
export type ValueOrImport<T> = T | Importable;

/** The thing, imported where it was only named.
 * @throws RangeError when the module has no such export.
 */
export async function importValue<T>(given: ValueOrImport<T>): Promise<T> {
  if (!isImportable(given)) return given;
  const found = ((await import(given.module)) as Record<string, unknown>)[given.export];
  if (found === undefined) throw new RangeError(`simulate: ${given.module} has no export "${given.export}"`);
  return (given.arguments ? (found as (...args: readonly unknown[]) => T)(...given.arguments) : found) as T;
}

/** Where a thread can import the thing: as it was named, as it says itself, or as an export of
 * our own; null where it is known here alone. */
export function importableOf(given: ValueOrImport<Learner | Strategy | QueryStrategy>): Importable | null {
  if (isImportable(given)) return given;
  if ('origin' in given && given.origin) return given.origin;
  const strategy = nameIn(strategies, given);
  if (strategy) return { module: '@qualm/strategies', export: strategy };
  const random = nameIn(own, given);
  return random ? { module: new URL('../dist/query-strategy.js', import.meta.url).href, export: random } : null;
}

function nameIn(module: object, value: unknown): string | undefined {
  return Object.entries(module).find(([, exported]) => exported === value)?.[0];
}

function isImportable(given: unknown): given is Importable {
  return typeof (given as Importable).module === 'string' && typeof (given as Importable).export === 'string';
}
