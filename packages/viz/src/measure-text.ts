import { assertNumber, assertString } from '@qualm/types';
import { glyphAdvances } from './glyph-advances.ts';

const unitsPerEm = 2048;

/** How wide one line of text is in pixels, without kerning, in the shipped font. A character that
 * the font lacks counts as a whole em where it is wide (CJK, emoji), as nothing where it only joins
 * or accents, else as 0.6 em.
 * @example measureText('person', 100) // 344.1 in Arimo SemiBold
 */
export function measureText(text: string, fontSize: number): number {
  assertString('measureText', 'its text', text);
  assertNumber('measureText', 'its font size', fontSize);
  let width = 0;
  for (const character of text) width += advance(character);
  return (width * fontSize) / unitsPerEm;
}

/** Advance of one character, in 1/2048 em. */
export function advance(character: string): number {
  const code = character.codePointAt(0)!;
  const known = advanceOf(code);
  if (known !== undefined) return known;
  if (/^[\p{M}\p{Cf}\u{FE00}-\u{FE0F}]$/u.test(character)) return 0;
  return isWide(code) ? unitsPerEm : 0.6 * unitsPerEm;
}

/** Whether the font that comes with this package has a glyph for a character. */
export function isInShippedFont(character: string): boolean {
  return advanceOf(character.codePointAt(0)!) !== undefined;
}

interface Run {
  readonly first: number;
  readonly advances: Uint16Array;
}

const runs: readonly Run[] = glyphAdvances.map(([first, advances]) => ({
  first,
  advances: Uint16Array.from(advances.split(' '), Number),
}));

function advanceOf(code: number): number | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.first <= code) low = middle;
    else high = middle - 1;
  }
  return runs[low]!.advances[code - runs[low]!.first];
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    code >= 0x1f000
  );
}
