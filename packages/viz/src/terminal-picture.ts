import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { assertChoice, assertOptions, assertWhole, QualmError, wrongArgument } from '@qualm/types';

/** How a terminal is given pictures: that of iTerm2 (WezTerm, mintty), that of kitty (Ghostty), or
 * DEC's sixels (foot, mlterm, xterm -ti vt340).
 * @see https://iterm2.com/documentation-images.html,
 * https://sw.kovidgoyal.net/kitty/graphics-protocol/, and DEC STD 070, chapter 9
 */
export type TerminalGraphics = 'iterm' | 'kitty' | 'sixel';

export interface TerminalPictureOptions {
  /** The picture is made smaller, never larger, to fit. Default 640 x 480 pixels. */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
}

/** Bytes of base64 in one command of kitty's. */
const kittyChunk = 4096;
/** Of a picture in sixels. */
const mostColours = 256;

/** A picture as the text that makes a terminal show it where its cursor is. Write it as it is, and
 * a line feed after it. What the terminal can is for the caller to know: others print what they do
 * not understand.
 * @param picture a PNG, JPEG or WebP
 * @throws QualmError `image-invalid` where it is none; RangeError for a width or height below 1.
 * @example process.stdout.write(`${await terminalPicture(await contactSheet(cells, { format: 'jpeg' }), 'kitty')}\n`)
 */
export async function terminalPicture(
  picture: Uint8Array,
  graphics: TerminalGraphics,
  options: TerminalPictureOptions = {},
): Promise<string> {
  if (!ArrayBuffer.isView(picture))
    throw wrongArgument('terminalPicture', 'its picture', picture, 'the bytes of a PNG, JPEG or WebP');
  assertChoice('terminalPicture', 'its graphics', graphics, ['iterm', 'kitty', 'sixel']);
  assertOptions('terminalPicture', options, '{ maxWidth: 640 }');
  const { maxWidth = 640, maxHeight = 480 } = options;
  assertWhole('terminalPicture', 'maxWidth', maxWidth, 1);
  assertWhole('terminalPicture', 'maxHeight', maxHeight, 1);
  try {
    return await shown(picture, graphics, maxWidth, maxHeight);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new QualmError('image-invalid', `terminalPicture: the picture cannot be read (${reason})`, { cause });
  }
}

async function shown(
  picture: Uint8Array,
  graphics: TerminalGraphics,
  maxWidth: number,
  maxHeight: number,
): Promise<string> {
  const small = sharp(picture).resize(maxWidth, maxHeight, { fit: 'inside', withoutEnlargement: true });
  if (graphics === 'sixel') return sixels(small);
  const png = await small.png().toBuffer();
  return graphics === 'kitty' ? kittyPicture(png) : itermPicture(png);
}

function itermPicture(png: Buffer): string {
  return `\u001B]1337;File=inline=1;size=${png.length};preserveAspectRatio=1:${png.toString('base64')}\u0007`;
}

/** Answers are not asked for: nobody reads them. */
function kittyPicture(png: Buffer): string {
  const text = png.toString('base64');
  const commands: string[] = [];
  for (let at = 0; at < text.length; at += kittyChunk) {
    const head = at === 0 ? 'a=T,f=100,q=2,' : '';
    const more = at + kittyChunk < text.length ? 1 : 0;
    commands.push(`\u001B_G${head}m=${more};${text.slice(at, at + kittyChunk)}\u001B\\`);
  }
  return commands.join('');
}

/** Sixels have a palette. sharp's quantiser makes it: that of `sixel` replaces two colours of equal
 * weight by one between them.
 */
async function sixels(picture: Sharp): Promise<string> {
  const { introducer, FINALIZER, sixelEncode } = await import('sixel');
  const indexed = await picture.removeAlpha().png({ palette: true, colours: mostColours }).toBuffer();
  const { data, info } = await sharp(indexed).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixels = new Uint32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  const palette = [...new Set(pixels)];
  return introducer(0) + sixelEncode(new Uint8Array(data), info.width, info.height, palette) + FINALIZER;
}
