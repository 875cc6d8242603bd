import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableLines } from '../src/printable.ts';

/** As `unit: 'binary'`, without the second that fast-check takes to list every character. */
const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));

describe('printable(text)', () => {
  it.each([
    ['plain größe 日本 🦊', 'plain größe 日本 🦊'],
    ['\u001b[2J', '\\x1b[2J'],
    ['a\nb\tc\u007f', 'a\\x0ab\\x09c\\x7f'],
    ['\u009b31m', '\\x9b31m'],
    ['gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['\u2028\u2069', '\\u2028\\u2069'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('holds no control character, and is the same when it is shown again', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(stripVTControlCharacters(shown)).toBe(shown);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  it('printableLines keeps the ends of lines', () => {
    expect(printableLines('a\u0007\nb')).toBe('a\\x07\nb');
  });
});
