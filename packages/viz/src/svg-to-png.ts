import { renderAsync } from '@resvg/resvg-js';
import { assertFonts, shippedFont } from './font.ts';

/** An SVG of ours as a PNG, text in the font that comes with this package.
 * @param scale pixels for each unit of the SVG. Default 2.
 * @throws QualmError `unsupported` when the font is missing; Error when the SVG cannot be read.
 * @example await writeFile('curves.png', await svgToPng(learningCurves(points)))
 */
export async function svgToPng(svg: string, { scale = 2 }: { readonly scale?: number } = {}): Promise<Uint8Array> {
  const font = shippedFont();
  await assertFonts([font]);
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: [font], defaultFontFamily: 'Arimo' },
    logLevel: 'off',
  });
  return image.asPng();
}
