import { QualmError } from '@qualm/types';
import sharp from 'sharp';
import { escapeXml } from './clean-text.ts';
import { inkOn } from './color.ts';
import type { DisplayList, LabelLine } from './display-list.ts';
import { isMeasured } from './measure-text.ts';

/** A line of text as pictures, which an SVG shows in the place of its letters. */
export interface ShapedLine {
  /** PNG in data URLs: in the line's ink, and in that around it. */
  readonly ink: string;
  readonly halo: string;
  readonly width: number;
  readonly height: number;
}

/** Those lines of a display list whose letters join, stack or change places, as those of Arabic,
 * Devanagari and Tamil do, drawn by Pango, which comes with sharp: resvg sets their letters over
 * one another. None without fonts that have them.
 * @param fontFiles whose families come first; the shipped font and they have been checked
 */
export async function shapedLines(
  { labels }: DisplayList,
  fontFiles: readonly string[],
): Promise<ReadonlyMap<LabelLine, ShapedLine>> {
  const lines = labels.flatMap(({ lines: own, fontSize, ink }) =>
    own.flatMap((line) => (line.text.trim() === '' || isMeasured(line.text) ? [] : [{ line, fontSize, ink }])),
  );
  if (lines.length === 0 || fontFiles.length <= 1) return new Map();
  const families = await familiesOf(fontFiles);
  // Pango finds a font by its family once a text has named the file.
  for (const fontfile of fontFiles) await draw({ text: '.', font: families, fontfile });
  const shaped = lines.map(async ({ line, fontSize, ink }) => {
    const font = `${families} ${fontSize}`;
    const [own, around] = await Promise.all(
      [ink, inkOn(ink)].map((color) =>
        draw({ text: `<span foreground="${color}">${escapeXml(line.text)}</span>`, font }),
      ),
    );
    // A plate was made for a text of about this width.
    const scale = Math.min(1, line.width / own!.width);
    const size = { width: own!.width * scale, height: own!.height * scale };
    return [line, { ...{ ink: own!.href, halo: around!.href }, ...size }] as const;
  });
  return new Map(await Promise.all(shaped));
}

/** As Pango names fonts: families in the order in which they are asked. */
async function familiesOf(fontFiles: readonly string[]): Promise<string> {
  const { open } = await import('fontkit');
  const names = fontFiles.map(async (path) => {
    const opened = await open(path);
    return ('fonts' in opened ? opened.fonts : [opened]).map(({ familyName }) => familyName);
  });
  return [...new Set((await Promise.all(names)).flat())].filter(Boolean).join(', ');
}

/** A point is a pixel. */
const dpi = 72;

async function draw(text: { readonly text: string; readonly font: string; readonly fontfile?: string }) {
  const { data, info } = await sharp({ text: { ...text, rgba: true, dpi } })
    .png()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      const reason = (cause as Error).message;
      throw new QualmError(
        'unsupported',
        `render: sharp cannot draw text here (${reason}); install it with the libvips that comes with it`,
        { cause },
      );
    });
  return { href: `data:image/png;base64,${data.toString('base64')}`, width: info.width, height: info.height };
}
