import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureText } from '../src/index.ts';
import { cleanLines, escapeXml } from '../src/clean-text.ts';
import { fitText } from '../src/fit-text.ts';
import { shippedFont } from '../src/font.ts';
import { isMeasured } from '../src/measure-text.ts';

const options = { font: { loadSystemFonts: false, fontFiles: [shippedFont()], defaultFontFamily: 'Arimo' } };

/** Where the text's ink ends and begins when resvg draws it between two bars. */
function drawnWidth(content: string): number {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="200" font-family="Arimo" font-weight="600" font-size="100"><text style="font-kerning:none" x="10" y="100">${text}</text></svg>`;
  const end = (text: string) => {
    const box = new Resvg(svg(text), options).innerBBox()!;
    return box.x + box.width;
  };
  return end(`${escapeXml(content)}|`) - end('|');
}

describe('measureText', () => {
  test.each(['person 0.51', 'AVAVToTe', 'Ärger in Zürich', 'Ёлка, щука', 'ἀρχή Ωμέγα', 'W…i·l'])(
    'of %j is what resvg draws, within a pixel at 100 pixels',
    (text) => {
      expect(Math.abs(measureText(text, 100) - drawnWidth(text))).toBeLessThan(1.01);
    },
  );

  test.each(['😀', '👍🏽', '👨‍👩‍👧‍👦', '🇩🇪', '1️⃣', '☕️', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'])('counts %s as one sign of 1.25 em', (emoji) => {
    expect(measureText(emoji, 10)).toBe(12.5);
    expect(measureText(`${emoji}a`, 10)).toBe(12.5 + measureText('a', 10));
  });

  test('counts wide characters as an em, joiners and accents as nothing', () => {
    expect(measureText('日本', 10)).toBe(20);
    expect(measureText('\u200D\uFE0F\u0301', 10)).toBe(0);
  });
});

test.each([
  ['person 0.51', true],
  ['信号機', true],
  ['Ёлка', true],
  ['إشارة', false],
  ['बत्ती', false],
  ['☕️', false],
])('isMeasured(%j) is %j', (text, is) => expect(isMeasured(text)).toBe(is));

describe('fitText', () => {
  test('cuts what is too wide and what are too many lines', () => {
    expect(fitText('a\nb\nc', 10, { width: 100, height: 24 })).toEqual(['a', 'b…']);
    expect(fitText('x'.repeat(10_000), 10, { width: 50, height: 20 })).toEqual([`${'x'.repeat(7)}…`]);
    expect(fitText('', 10, { width: 50, height: 20 })).toEqual([]);
  });

  test('cuts between what people take for characters', () => {
    expect(fitText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 10, { width: 24, height: 20 })).toEqual(['👨‍👩‍👧‍👦…']);
    expect(fitText('xe\u0301xxx', 10, { width: 21, height: 20 })).toEqual(['xe\u0301…']);
  });

  test('never gives lines wider than the space, but for a lone ellipsis', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 300 }), (text, width) => {
        const lines = fitText(text, 12, { width, height: 100 });
        expect(lines.every((line) => line === '…' || measureText(line, 12) <= width + 1e-9)).toBe(true);
        expect(lines.length * 1.2 * 12).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('cleanLines', () => {
  test('drops control characters, lone surrogates and marks that turn direction', () => {
    expect(cleanLines('a\u0000\u001b[31m\tb\r\n\u202Ec\uD800d\u2028e')).toEqual(['a[31m b', 'cd', 'e']);
  });

  test('escapeXml leaves nothing that markup could be made of', () => {
    expect(escapeXml(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
  });
});
