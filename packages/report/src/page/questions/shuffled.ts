/** Things with keys in an order that their keys and a seed decide, and nothing else. */
export function shuffled<Item extends { readonly key: string }>(items: readonly Item[], seed: string): Item[] {
  return items
    .map((item) => ({ item, place: hashOf(`${seed} ${item.key}`) }))
    .sort((one, two) => one.place - two.place)
    .map(({ item }) => item);
}

/** FNV-1a of the letters, its bits mixed once more as its last ones hardly are.
 * @returns 0..2^32 - 1
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
