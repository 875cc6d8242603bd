import { htmlEscape } from 'escape-goat';
import { assertArray, assertOptions, wrongArgument } from '@qualm/types';
import type { Image } from '@qualm/types';
import { box } from '@qualm/viz/svg';
import type { BoxLike, Layer } from '@qualm/viz/svg';
import { imageOf } from './image-of.ts';
import { isImage, isModel, isRows, isSpec, isTable } from './is-kind.ts';
import { dataUri, htmlOf } from './mime-bundle.ts';
import type { MimeBundle } from './mime-bundle.ts';
import { modelBundle } from './model-bundle.ts';
import { plainValue, rowsTable, tableBundle } from './table-html.ts';

export interface ShowOptions {
  /** Over an image: boxes, masks, texts, whatever `@qualm/viz` composes. */
  readonly layers?: Layer | readonly Layer[];
  /** Of a picture, in pixels; images of tables and lists are a quarter of it. Default 640. */
  readonly maxWidth?: number;
  /** Rows of a table, and pictures of a list. Default 20. */
  readonly limit?: number;
  /** Columns of a table, in this order. */
  readonly columns?: readonly string[];
  /** Of a page within the page, in pixels. Default 700. */
  readonly height?: number;
}

/** Draws an image with layers, no wider than asked for.
 * @throws QualmError for an image that cannot be opened.
 */
export type DrawPicture = (image: Image, layers: Layer | readonly Layer[], maxWidth: number) => Promise<MimeBundle>;

/** @throws RangeError unless these are options of `show`. */
export function assertShowOptions(where: string, options: ShowOptions): void {
  assertOptions(where, options, '{ limit: 8 }');
  const { maxWidth = 640, limit = 20, height = 700, columns = [] } = options;
  for (const [name, value] of Object.entries({ maxWidth, limit, height }))
    if (!(typeof value === 'number' && value >= 0)) throw wrongArgument(where, name, value, 'a number from 0');
  assertArray(where, 'columns', columns, "an array, such as ['image', 'margin']");
}

/** A value as a notebook shows it. */
export async function bundleOf(value: unknown, options: ShowOptions, draw: DrawPicture): Promise<MimeBundle> {
  const { layers = [], maxWidth = 640, limit = 20, columns, height = 700 } = options;
  const small = Math.ceil(maxWidth / 4);
  const drawSmall = async (image: Image, around: BoxLike | null = null): Promise<string> =>
    htmlOf(await drawn(image, around ? box(around, { color: 'yellow' }) : [], small), htmlEscape);
  const single = imageOf(value);
  if (single) return drawn(single, layers, maxWidth);
  if (isTable(value)) return tableBundle(value, drawSmall, { limit, ...(columns && { columns }) });
  if (isModel(value)) return modelBundle(value.spec, value.device);
  if (isSpec(value)) return modelBundle(value);
  if (value instanceof Uint8Array) return bytesBundle(value);
  if (typeof value === 'string') return textBundle(value, height);
  if (Array.isArray(value) && value.length > 0 && value.every(isImage)) return gallery(value);
  if (isRows(value)) return tableBundle(rowsTable(value), drawSmall, { limit, ...(columns && { columns }) });
  return { 'text/plain': plainValue(value) };

  /** An image that cannot be opened is said to be so, and the rest is shown. */
  async function drawn(image: Image, over: Layer | readonly Layer[], width: number): Promise<MimeBundle> {
    try {
      return await draw(image, over, width);
    } catch (error) {
      return { 'text/plain': `no picture: ${(error as Error).message}` };
    }
  }

  async function gallery(images: readonly Image[]): Promise<MimeBundle> {
    const pictures = await Promise.all(images.slice(0, limit).map((image) => drawSmall(image)));
    const rest = images.length - pictures.length;
    return {
      'text/html': `<div style="display:flex;flex-wrap:wrap;gap:6px">${pictures.join('')}</div>${rest > 0 ? `<p>${rest} more</p>` : ''}`,
      'text/plain': images.slice(0, limit).map(plainValue).join('\n'),
    };
  }
}

const signatures: readonly (readonly [type: string, first: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];

/** A picture, such as `render` gives. */
function bytesBundle(bytes: Uint8Array): MimeBundle {
  const found = signatures.find(([, first]) => first.every((byte, at) => bytes[at] === byte));
  const words = `${bytes.length} bytes`;
  return found ? { [found[0]]: base64(bytes), 'text/plain': words } : { 'text/plain': words };
}

/** A chart, a page such as a report, or words. */
function textBundle(text: string, height: number): MimeBundle {
  if (/^\s*<svg[\s>]/.test(text)) {
    const words = /<desc>([^<]*)<\/desc>/.exec(text)?.[1] ?? 'a chart';
    // As a picture: nothing of it runs, and its style is its own.
    const src = dataUri('image/svg+xml', base64(new TextEncoder().encode(text)));
    return {
      'text/html': `<img alt="${words.replaceAll('"', '&quot;')}" src="${src}" style="max-width:100%">`,
      'image/svg+xml': text,
      'text/plain': words,
    };
  }
  if (/^\s*<!doctype html/i.test(text)) {
    const page = htmlEscape`<iframe title="report" sandbox="allow-scripts allow-downloads allow-modals" style="width:100%;height:${height}px;border:1px solid #ccc" srcdoc="${text}"></iframe>`;
    return { 'text/html': page, 'text/plain': 'a page; save it to a file to look at it here' };
  }
  return { 'text/plain': text };
}

/** Of any length: a spread of all bytes at once would be more arguments than a call can have. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
