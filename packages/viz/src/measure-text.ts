import { assertNumber, assertString } from '@qualm/types';
import { glyphAdvances } from './glyph-advances.ts';

const unitsPerEm = 2048;

/** How wide one line of text is in pixels, without kerning, in the shipped font. What the font
 * lacks is estimated: an emoji, however many characters it is made of, as 1.25 em; a wide character
 * (CJK) as a whole em; what only joins or accents as nothing; a sign of a vowel that takes room as
 * 0.4 em, others as 0.6 em.
 * @example measureText('person', 100) // 344.1 in Arimo SemiBold
 */
export function measureText(text: string, fontSize: number): number {
  assertString('measureText', 'its text', text);
  assertNumber('measureText', 'its font size', fontSize);
  let emoji = 0;
  const rest = hasEmoji.test(text) ? text.replace(wholeEmoji, () => (emoji++, '')) : text;
  let width = emoji * emojiAdvance;
  for (const character of rest) width += advance(character);
  return (width * fontSize) / unitsPerEm;
}

const emojiAdvance = 1.25 * unitsPerEm;
/** Quick to look for, unlike the next. */
const hasEmoji = /[\uFE0F\p{Emoji_Presentation}]/u;
/** Flags, keys, faces with a tone of skin, families that joiners hold together. */
const wholeEmoji =
  /\p{RI}{2}|(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F)\p{Emoji_Modifier}?\u20E3?(?:\u200D\p{Emoji}\uFE0F?\p{Emoji_Modifier}?)*/gu;

/** Advance of one character, in 1/2048 em. */
function advance(character: string): number {
  const code = character.codePointAt(0)!;
  const known = advanceOf(code);
  if (known !== undefined) return known;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0;
  if (isWide(code)) return unitsPerEm;
  return unitsPerEm * (/^\p{Mc}$/u.test(character) ? 0.4 : 0.6);
}

/** Whether `measureText` knows how wide a text is, and does not estimate it: the shipped font has
 * all of it, or it is wide in every font (CJK). What joins or stacks its characters, as Arabic,
 * Devanagari and emoji do, comes apart where a rasteriser makes a line as long as it is told.
 */
export function isMeasured(text: string): boolean {
  if (hasEmoji.test(text)) return false;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (advanceOf(code) === undefined && !isWide(code)) return false;
  }
  return true;
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
