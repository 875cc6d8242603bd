import type { LeafPage } from './read-leaf.ts';

/** The values of all pages in one array. */
export function joinPages<T extends Float32Array | Int32Array>(
  Storage: new (length: number) => T,
  pages: readonly LeafPage[],
): T {
  const all = new Storage(pages.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of pages) {
    all.set(values as ArrayLike<number>, at);
    at += values.length;
  }
  return all;
}
