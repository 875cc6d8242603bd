import { expect, it } from 'vitest';
import { labelFonts } from '../src/draw/label-fonts.ts';
import { scriptNames } from '../src/draw/script-names.ts';

it('labelFonts(texts of the shipped font) has nothing to say', async () => {
  expect(await labelFonts(['person', 'größer'])).toEqual({ fontFiles: [], warnings: [] });
});

it('labelFonts(texts) names what no font has, and what to do', async () => {
  // Code points that Unicode has given to nobody.
  const { warnings } = await labelFonts(['cat \u0378\u0379', '\u0378']);
  expect(warnings).toEqual([
    'no font here draws \u0378 \u0379 (others) of the labels: they are empty boxes in pictures; name a font that has them with fonts, or install one',
  ]);
});

it('labelFonts(texts, fonts) refuses a file that is not a font', async () => {
  await expect(labelFonts([], ['/no/such/font.ttf'])).rejects.toMatchObject({ code: 'unsupported' });
});

it.each([
  ['猫', 'Han'],
  ['ねこ', 'Hiragana'],
  ['고', 'Hangul'],
  ['قطة', 'Arabic'],
  ['แมว', 'Thai'],
  ['😀', 'emoji'],
  ['\u0378', 'others'],
])('scriptNames(%s) is %s', (text, name) => {
  expect(scriptNames([...text])).toEqual([name]);
});
