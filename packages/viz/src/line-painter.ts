import { QualmError } from '@qualm/types';
import sharp from 'sharp';
import { escapeXml } from './clean-text.ts';
import { shippedFont } from './font.ts';
import { isMeasured, measureText } from './measure-text.ts';

/** A line of text as a picture, in pixels. */
export interface PaintedLine {
  /** A PNG in a data URL. */
  readonly href: string;
  readonly width: number;
  readonly height: number;
  /** Where in the picture the text begins, and how far below its upper edge the baseline is. */
  readonly left: number;
  readonly ascent: number;
  /** How wide the text is. */
  readonly advance: number;
}

export interface LineInk {
  readonly fontSize: number;
  readonly color: string;
  /** Of CSS, 100..900. Default 400. */
  readonly weight?: number;
}

/** Whether resvg would misdraw a text, or leave it out: letters that join, stack or change places,
 * as those of Arabic, Devanagari and Tamil do, and pictographs, which fonts may have in colour.
 */
export function needsPainter(text: string): boolean {
  return text.trim() !== '' && (!isMeasured(text) || /[\u{1F000}-\u{1FBFF}]/u.test(text));
}

/** Draws lines of text by Pango, which comes with sharp: as SVG has them, from left to right, and
 * words of scripts that go the other way from right to left.
 * @param fontFiles whose families come first; they have been checked
 */
export async function linePainter(
  fontFiles: readonly string[],
): Promise<(text: string, ink: LineInk) => Promise<PaintedLine>> {
  const files = [shippedFont(), ...fontFiles];
  const families = (await familiesOf(files)).join(', ');
  // Pango finds a font by its family once a text has named the file.
  for (const fontfile of files) await draw({ text: '.', font: families, fontfile });
  return async (text, { fontSize, color, weight = 400 }) => {
    const font = `${families} ${fontSize}`;
    const words = `<span foreground="${color}" weight="${weight}">${escapeXml(text)}</span>`;
    const [post, between] = await Promise.all([
      draw({ text: marker, font }),
      draw({ text: leftToRight + marker + words + marker, font }),
    ]);
    const advance = measureText('I', markerScale * fontSize);
    const [width, height] = [between.width - 2 * post.width, between.height];
    const png = await sharp(between.png).extract({ left: post.width, top: 0, width, height }).png().toBuffer();
    return {
      href: `data:image/png;base64,${png.toString('base64')}`,
      ...{ width, height, left: (advance - post.width) / 2, ascent: post.height },
      advance: between.width - post.width - advance,
    };
  };
}

/** Sharp cuts a picture of text to its ink. Between two posts, which are higher than any text and
 * stand on its baseline, it is known where the ink was; isolated, they do not turn what they are
 * beside.
 */
const markerScale = 4;
const marker = `<span font_family="Arimo" size="${markerScale}00%">\u2066I\u2069</span>`;
const leftToRight = '\u200E';

/** As Pango names fonts: families in the order in which they are asked. */
async function familiesOf(fontFiles: readonly string[]): Promise<string[]> {
  const { open } = await import('fontkit');
  const names = fontFiles.map(async (path) => {
    const opened = await open(path);
    return ('fonts' in opened ? opened.fonts : [opened]).map(({ familyName }) => familyName);
  });
  return [...new Set((await Promise.all(names)).flat())].filter(Boolean);
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
  return { png: data, width: info.width, height: info.height };
}
