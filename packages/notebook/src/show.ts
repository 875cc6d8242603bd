import { render } from '@qualm/viz';
import { assertShowOptions, bundleOf, base64 } from './bundle-of.ts';
import type { DrawPicture, ShowOptions } from './bundle-of.ts';
import type { MimeBundle } from './mime-bundle.ts';

/** What a notebook asks of a value: Deno's kernel of Jupyter calls it for the last value of a cell.
 */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display') as never;

/** A value that shows itself in a notebook. */
export interface Displayable {
  /** All the forms that it has. */
  bundle(): Promise<MimeBundle>;
  [jupyterDisplay](): Promise<MimeBundle>;
}

/** A value as a notebook shows it: the last line of a cell of Deno's kernel, say. Tables (of
 * Arquero, or lists of objects), images with layers over them, lists of images, pictures as bytes,
 * charts as SVG, models and their specs, and whole pages such as a report. Everything else is said
 * in words, and an image that cannot be opened is a word that says so. All text is escaped.
 * @throws RangeError for options of another kind and, when it is shown, for columns that a table
 * does not have.
 * @example show(table, { columns: ['image', 'label', 'margin'], limit: 8 })
 * @example show(Image.fromUri('street.jpg'), { layers: box(b, { label: 'cat' }) })
 */
export function show(value: unknown, options: ShowOptions = {}): Displayable {
  assertShowOptions('show', options);
  const bundle = (): Promise<MimeBundle> => bundleOf(value, options, drawPicture);
  return { bundle, [jupyterDisplay]: bundle };
}

const drawPicture: DrawPicture = async (image, layers, maxWidth) => {
  const bytes = await render(image, layers, { format: 'jpeg', maxWidth, quality: 85 });
  return { 'image/jpeg': base64(bytes), 'text/plain': image.uri?.split(/[\\/]/).at(-1) ?? 'an image' };
};
