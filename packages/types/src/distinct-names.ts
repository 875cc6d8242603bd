import type { Label } from './label.ts';

/** Of each label a name that no other has: where labels share one, the id stands behind it. Two
 * forms of Unicode of one name are one. Empty for none.
 * @example distinctNames([{ id: 3, name: 'cat' }, { id: 7, name: 'cat' }, { id: 8, name: 'dog' }]) // ['cat (3)', 'cat (7)', 'dog']
 */
export function distinctNames(labels: readonly Pick<Label, 'id' | 'name'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of labels) counts.set(name.normalize(), (counts.get(name.normalize()) ?? 0) + 1);
  const taken = new Set(counts.keys());
  return labels.map(({ id, name }) => {
    if (counts.get(name.normalize()) === 1) return name;
    let distinct = `${name} (${id})`;
    while (taken.has(distinct.normalize())) distinct += '*';
    taken.add(distinct.normalize());
    return distinct;
  });
}
