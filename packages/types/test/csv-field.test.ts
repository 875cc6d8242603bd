import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvField } from '../src/index.ts';

it.each([
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  ['\t=1', "'\t=1"],
  ['\n=1', `"'\n=1"`],
  ['-5', '-5'],
  ['+3.25', '+3.25'],
  ['-5-cmd', "'-5-cmd"],
  ['a=b', 'a=b'],
])('csvField(%j) is %s', (text, field) => {
  expect(csvField(text)).toBe(field);
});

it('csvField(text, { escapeFormulas: false }) reads back as the text', () => {
  const read = (field: string): string => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', '=', "'") }), (text) => {
      const field = csvField(text, { escapeFormulas: false });
      expect(read(field)).toBe(text);
      if (!field.startsWith('"')) expect(field).not.toMatch(/[",\r\n]/);
    }),
  );
});
