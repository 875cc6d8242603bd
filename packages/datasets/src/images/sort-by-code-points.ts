/** Sorts texts in place by their code points, which is the order of their UTF-8 bytes, on every
 * machine the same.
 * @example sortByCodePoints(['b', 'B', 'a']) // ['B', 'a', 'b']
 */
export function sortByCodePoints(texts: string[]): string[] {
  // The language sorts by UTF-16 units, which differs only where surrogates meet U+E000 to U+FFFF.
  return texts.some((text) => /[\ud800-\udfff]/.test(text)) ? texts.sort(compareCodePoints) : texts.sort();
}

function compareCodePoints(first: string, second: string): number {
  const length = Math.min(first.length, second.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [first.charCodeAt(i), second.charCodeAt(i)];
    if (a !== b) return rank(a) - rank(b);
  }
  return first.length - second.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
