import { QualmError, wrongArgument } from '@qualm/types';

/** What is used of a browser's document, or of a worker. */
interface FontHome {
  readonly fonts?: { add(font: unknown): unknown };
  readonly document?: { readonly fonts: { add(font: unknown): unknown } };
  readonly FontFace?: new (
    family: string,
    source: string | ArrayBuffer,
    how: { weight: string },
  ) => { load(): Promise<unknown> };
}

/** Loads the font of pictures into a browser's page or worker, so that a canvas and an SVG have the
 * same text as everywhere: `@expo-google-fonts/arimo/600SemiBold/Arimo_600SemiBold.ttf`, which
 * comes with this package.
 * @param source its bytes, or where the page finds it
 * @throws QualmError `unsupported` where it cannot be loaded, and where there is no `FontFace`.
 * @example await loadFont(await (await fetch(fontUrl)).arrayBuffer())
 */
export async function loadFont(source: ArrayBuffer | URL): Promise<void> {
  const home = globalThis as FontHome;
  const fonts = home.document?.fonts ?? home.fonts;
  if (!(source instanceof URL || source instanceof ArrayBuffer || ArrayBuffer.isView(source)))
    throw wrongArgument(
      'loadFont',
      'its source',
      source,
      'the bytes of a font, or a URL: new URL(path, import.meta.url)',
    );
  if (!home.FontFace || !fonts)
    throw new QualmError('unsupported', 'loadFont: there is no FontFace here; it is for browsers');
  const from = source instanceof URL ? `url(${JSON.stringify(source.href)})` : source;
  const font = new home.FontFace('Arimo', from, { weight: '600' });
  fonts.add(
    await font.load().catch((cause: unknown) => {
      throw new QualmError('unsupported', `loadFont: the font cannot be loaded (${String(cause)})`, { cause });
    }),
  );
}
