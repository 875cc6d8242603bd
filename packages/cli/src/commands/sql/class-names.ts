import type { StatementSession } from './statement-runner.ts';

/** What classes are called, by their ids. */
export type ClassNames = ReadonlyMap<number, string>;

/** The names of classes in a result, where only the best class of a box comes with its name: those
 * names, and those of the models that say the same of all these classes. A class that has two names
 * is left out.
 * @param seen ids and names that the result has side by side.
 * @example classNames([[1, 'cat']], [new Map([[1, 'cat'], [2, 'dog']])]).get(2) // 'dog'
 */
export function classNames(
  seen: readonly (readonly [id: number, name: string])[],
  models: readonly ClassNames[],
): ClassNames {
  if (seen.length === 0) return new Map();
  const alike = models.filter((names) => seen.every(([id, name]) => names.get(id) === name));
  const names = new Map<number, string>();
  const unclear = new Set<number>();
  for (const [id, name] of [...seen, ...alike.flatMap((model) => [...model])]) {
    if ((names.get(id) ?? name) !== name) unclear.add(id);
    names.set(id, name);
  }
  for (const id of unclear) names.delete(id);
  return names;
}

/** What each model of the session calls these classes. */
export async function namesOfModels(session: StatementSession, ids: readonly number[]): Promise<readonly ClassNames[]> {
  if (ids.length === 0) return [];
  const query = `SELECT id, label_name($1, id) AS name FROM (SELECT unnest([${ids.join(', ')}]) AS id)`;
  const all: ClassNames[] = [];
  for (const model of (await session.names()).models) {
    const rows = await (await session.sql(query, [model], { dialect: 'duckdb' })).rows();
    const named = rows.filter(({ name }) => typeof name === 'string');
    all.push(new Map(named.map(({ id, name }) => [id as number, name as string])));
  }
  return all;
}
