import { createHash } from 'node:crypto';

/** SHA-256, in hex, over how many ids there are and each in order; 1 and "1" differ.
 * @example fingerprintIds(['a', 'b']) !== fingerprintIds(['b', 'a'])
 */
export function fingerprintIds(ids: Iterable<string | number>): string {
  const hash = createHash('sha256');
  let count = 0;
  for (const id of ids) {
    const text = String(id);
    hash.update(`${typeof id} ${text.length} ${text}\n`);
    count++;
  }
  return hash.update(String(count)).digest('hex');
}
