import type { PlacedThumbnail } from '@qualm/report';
import { assertOptions, wrongArgument } from '@qualm/types';
import { assertPageCells } from '../assert-arguments.ts';
import { assertNotAborted } from '../assert-not-aborted.ts';
import type { PageCell } from './page-cell.ts';
import { thumbnailsOf } from './thumbnails.ts';

export interface PictureOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of sharp pictures: those of the first images, in the order of their cells, are twice as
   * large until so many are spent. Default 0.
   */
  readonly sharpBytes?: number | undefined;
  /** Where cells show parts, what is left of `sharpBytes` goes to whole images, one for each image,
   * which come last, as `isWhole`. Default false.
   */
  readonly wholes?: boolean | undefined;
  /** Told after each image. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Times as large is a sharp one. */
const sharper = 2;

/** The pictures of cells, as far as their images can be opened; an image is decoded once for all of
 * its cells.
 * @throws QualmError `aborted` by the signal.
 */
export async function* reportPictures(
  cells: readonly PageCell[],
  options: PictureOptions = {},
): AsyncGenerator<PlacedThumbnail> {
  assertPageCells('reportPictures', cells);
  assertOptions('reportPictures', options, '{ signal }');
  const { signal, sharpBytes = 0, wholes = false, onProgress } = options;
  if (!(sharpBytes >= 0)) throw wrongArgument('reportPictures', 'sharpBytes', sharpBytes, 'a number from 0');
  const byImage = new Map<string, number[]>();
  cells.forEach(({ uri }, place) => {
    if (uri === null) return;
    const places = byImage.get(uri);
    if (places) places.push(place);
    else byImage.set(uri, [place]);
  });
  let [done, spent] = [0, 0];
  for (const places of byImage.values()) {
    assertNotAborted(signal);
    const ofImage = places.map((place) => cells[place]!);
    const sharp = spent < sharpBytes;
    const pictures = await thumbnailsOf(ofImage, { times: sharp ? sharper : 1, signal });
    for (const [at, place] of places.entries()) {
      const thumbnail = pictures[at];
      if (sharp) spent += thumbnail?.bytes.length ?? 0;
      if (thumbnail) yield { place, thumbnail };
    }
    onProgress?.({ done: ++done, total: byImage.size });
  }
  if (!wholes) return;
  for (const [place = 0] of byImage.values()) {
    if (spent >= sharpBytes) return;
    assertNotAborted(signal);
    const { uri, cell } = cells[place]!;
    const { region, ...whole } = cell;
    const [thumbnail] = region ? await thumbnailsOf([{ uri, cell: whole }], { times: sharper, signal }) : [];
    if (!thumbnail) continue;
    spent += thumbnail.bytes.length;
    yield { place, thumbnail, isWhole: true };
  }
}
