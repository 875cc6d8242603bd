import { renderAsync } from '@resvg/resvg-js';
import { assertArray, assertOptions, assertText, QualmError } from '@qualm/types';
import { assertFonts, shippedFont } from './font.ts';
import { shapeTexts } from './shape-texts.ts';

/** An SVG of ours as a PNG, text in the font that comes with this package.
 * @param scale pixels for each unit of the SVG. Default 2.
 * @param fontFiles for characters that this font lacks, as of `fontsFor`; emoji are in colour where
 * one of them has them so.
 * @throws QualmError `unsupported` when a font is missing, `image-invalid` when the SVG cannot be
 * read; RangeError for a scale of 0 or less.
 * @example await writeFile('curves.png', await svgToPng(learningCurves(points)))
 */
export async function svgToPng(
  svg: string,
  options: { readonly scale?: number; readonly fontFiles?: readonly string[] } = {},
): Promise<Uint8Array> {
  assertText('svgToPng', 'its SVG', svg, "the text of an SVG, such as '<svg ...>'");
  assertOptions('svgToPng', options, '{ scale: 2 }');
  const { scale = 2, fontFiles = [] } = options;
  if (!(typeof scale === 'number' && scale > 0))
    throw new RangeError(`svgToPng: scale is ${String(scale)}; expected a number above 0`);
  assertArray('svgToPng', 'fontFiles', fontFiles, "an array of paths, such as ['font.ttf']");
  const fonts = [shippedFont(), ...fontFiles];
  await assertFonts(fonts);
  const image = await renderAsync(await shapeTexts(svg, fontFiles, scale), {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: 'Arimo' },
    logLevel: 'off',
  }).catch((cause: unknown) => {
    const reason = (cause as Error).message;
    throw new QualmError('image-invalid', `svgToPng: the SVG cannot be read (${reason}); give the text of an SVG`, {
      cause,
    });
  });
  return image.asPng();
}
