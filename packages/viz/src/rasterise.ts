import { renderAsync } from '@resvg/resvg-js';
import type { DisplayList } from './display-list.ts';
import { assertFonts, shippedFont } from './font.ts';
import { shapedLines } from './shaped-lines.ts';
import { svgOf } from './to-svg.ts';

/** A display list as premultiplied RGBA of the picture's size, drawn off the caller's thread.
 * @param fontFiles for characters that the shipped font lacks (CJK, Arabic, emoji outlines),
 * TrueType or OpenType.
 * @throws QualmError `unsupported` when a font is missing.
 */
export async function rasterise(list: DisplayList, fontFiles: readonly string[] = []): Promise<Buffer> {
  const fonts = list.labels.length > 0 ? [shippedFont(), ...fontFiles] : [];
  await assertFonts(fonts);
  const image = await renderAsync(svgOf(list, {}, await shapedLines(list, fontFiles)), {
    font: { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: 'Arimo' },
    logLevel: 'off',
  });
  return image.pixels;
}
