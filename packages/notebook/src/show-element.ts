import { htmlEscape } from 'escape-goat';
import { QualmError } from '@qualm/types';
import { renderSvg } from '@qualm/viz/svg';
import { assertShowOptions, bundleOf } from './bundle-of.ts';
import type { DrawPicture, ShowOptions } from './bundle-of.ts';
import { htmlOf } from './mime-bundle.ts';

/** The same as `show` for pages whose cells show elements, as those of Observable do, and for any
 * other page. Images are taken from the addresses that they have, or from their bytes; boxes and
 * masks over them are SVG.
 * @throws RangeError for options of another kind and columns that a table does not have; QualmError
 * `unsupported` outside of a page.
 * @example display(await showElement(table, { columns: ['image', 'label', 'margin'] }))
 */
export async function showElement(value: unknown, options: ShowOptions = {}): Promise<HTMLElement> {
  assertShowOptions('showElement', options);
  if (typeof document === 'undefined')
    throw new QualmError(
      'unsupported',
      'showElement: there is no document here: it works in web pages; in a notebook use show',
    );
  const made = document.createElement('div');
  made.className = 'qualm-shown';
  made.innerHTML = htmlOf(await bundleOf(value, options, drawPicture), htmlEscape);
  return made;
}

/** Where an image lies that a page can show; bytes stay within the page. */
const drawPicture: DrawPicture = async ({ uri, bytes }, layers, maxWidth) => {
  const href = uri ?? URL.createObjectURL(new Blob([bytes! as Uint8Array<ArrayBuffer>]));
  if (!/^(https?|blob|data):/i.test(new URL(href, document.baseURI).href)) throw new Error(`${href} is not for a page`);
  const image = new Image();
  image.src = href;
  await image.decode();
  const size = { width: image.naturalWidth, height: image.naturalHeight };
  const svg = renderSvg(size, layers, { href, idPrefix: `qualm-${Math.random().toString(36).slice(2)}` });
  const scale = Math.min(1, maxWidth / size.width);
  const frame = `max-width:100%;width:${Math.round(size.width * scale)}px`;
  // In the page itself: an SVG that is a picture would load nothing.
  const fitted = svg.replace('<svg ', `<svg role="img" style="${frame};height:auto" `);
  return { 'text/html': fitted, 'text/plain': uri ?? 'an image' };
};
