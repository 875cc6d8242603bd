import { renderAsync } from '@resvg/resvg-js';
import { assertFonts, shippedFont } from './font.ts';

/** An SVG of ours as a PNG, text in the font that comes with this package.
 * @param scale pixels for each unit of the SVG. Default 2.
 * @param fontFiles for characters that this font lacks, as of `fontsFor`.
 * @throws QualmError `unsupported` when a font is missing; Error when the SVG cannot be read.
 * @example await writeFile('curves.png', await svgToPng(learningCurves(points)))
 */
export async function svgToPng(
  svg: string,
  { scale = 2, fontFiles = [] }: { readonly scale?: number; readonly fontFiles?: readonly string[] } = {},
): Promise<Uint8Array> {
  const fonts = [shippedFont(), ...fontFiles];
  await assertFonts(fonts);
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: 'Arimo' },
    logLevel: 'off',
  });
  return image.asPng();
}
