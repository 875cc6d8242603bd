import type { Thumbnail } from '@qualm/report';
import { assertOptions, Image, wrongArgument } from '@qualm/types';
import type { BoxLike } from '@qualm/viz';
import { assertPageCells } from '../assert-arguments.ts';
import { unlessUnopened } from '../draw/unopened.ts';
import type { PageCell } from './page-cell.ts';

/** Pixels of a thumbnail's longer side: a whole image has more to see. */
const pixels = { crop: 200, image: 320 };

export interface ThumbnailOptions {
  /** So many times as large, for dense screens and for looking closely, as far as the image has so
   * many pixels. Default 1.
   */
  readonly times?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The pictures of cells of one image, which is decoded once; null where it cannot be opened.
 * @throws RangeError for fewer times than 1.
 */
export async function thumbnailsOf(
  cells: readonly PageCell[],
  options: ThumbnailOptions = {},
): Promise<(Thumbnail | null)[]> {
  assertPageCells('thumbnailsOf', cells);
  assertOptions('thumbnailsOf', options, '{ times: 2 }');
  const { times = 1, signal } = options;
  if (!(times >= 1)) throw wrongArgument('thumbnailsOf', 'times', times, 'a number from 1');
  const uri = cells[0]?.uri ?? null;
  if (uri === null) return cells.map(() => null);
  const { renderCrops } = await import('@qualm/viz');
  const side = times * (cells.some(({ cell }) => cell.region) ? pixels.crop : pixels.image);
  const size = { maxWidth: side, maxHeight: side };
  const parts = cells.map(partShown);
  const asked = { ...size, context: 0, quality: 75, ...(signal && { signal }) };
  const pictures = await unlessUnopened(uri, () => renderCrops(Image.fromUri(uri), parts, asked));
  return pictures ?? cells.map(() => null);
}

function partShown({ cell: { region } }: PageCell): BoxLike {
  if (!region) return { xmin: 0, ymin: 0, xmax: Infinity, ymax: Infinity };
  return { xmin: region.x, ymin: region.y, xmax: region.x + region.width, ymax: region.y + region.height };
}
