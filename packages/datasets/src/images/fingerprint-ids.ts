import { createHash } from 'node:crypto';

/** A SHA-256 over ids that come one by one. */
export interface IdsHash {
  add(id: string | number): void;
  /** In hex, over how many ids there are and each in order. Nothing can be added afterwards. */
  digest(): string;
}

/** A hash that has seen no id. */
export function createIdsHash(): IdsHash {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(id) {
      const text = String(id);
      hash.update(`${typeof id} ${text.length} ${text}\n`);
      count++;
    },
    digest: () => hash.update(String(count)).digest('hex'),
  };
}

/** SHA-256, in hex, over how many ids there are and each in order; 1 and "1" differ.
 * @example fingerprintIds(['a', 'b']) !== fingerprintIds(['b', 'a'])
 */
export function fingerprintIds(ids: Iterable<string | number>): string {
  const hash = createIdsHash();
  for (const id of ids) hash.add(id);
  return hash.digest();
}
