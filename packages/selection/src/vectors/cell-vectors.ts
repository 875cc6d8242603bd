import type { PlacedThumbnail, ReportVectors } from '@qualm/report';
import { assertFunctions, assertText, assertWhole, Image, QualmError } from '@qualm/types';
import { assertPageCells } from '../assert-arguments.ts';
import type { PageCell } from '../report/page-cell.ts';
import { packVectors } from './pack-vectors.ts';

/** How far apart two cells may be that are taken for nearly the same: of what pictures look like
 * about what a copy is from its original, of an encoder's vectors a cosine of 0.95.
 */
const near = { looks: 0.1, encoder: 0.32 };

/** What a vector is asked for. */
export interface AskedVector {
  readonly image_id: string | number;
  /** Which of the boxes that are stored of the image: the one that is compared, or that the image's
   * number comes from; null without one. */
  readonly box_index: number | null;
}

/** Where vectors of images, or of boxes, come from. */
export interface ImageVectors {
  /** What they are, in words, such as the name of their file. */
  readonly words: string;
  /** The vector of an image, or of its box; null where it has none. */
  readonly vectorOf: (asked: AskedVector) => ArrayLike<number> | null;
}

/** The vectors of a report's cells, from those of their images, which all boxes of an image share,
 * or of their boxes.
 * @returns null where no cell has one
 * @example cellVectors(pageCells, { words: 'clip.parquet', vectorOf: ({ image_id }) => stored.get(image_id) })
 */
export function cellVectors(cells: readonly PageCell[], vectors: ImageVectors): ReportVectors | null {
  assertPageCells('cellVectors', cells);
  const wanted = "{ words: 'clip.parquet', vectorOf: ({ image_id }) => stored.get(image_id) }";
  assertFunctions('cellVectors', 'vectors', vectors, ['vectorOf'], wanted);
  const { words, vectorOf } = vectors;
  assertText('cellVectors', 'words', words, "what the vectors are, such as 'clip.parquet'");
  const found = cells.map(({ cell }) => vectorOfCell(cell, vectorOf));
  if (found.every((vector) => vector === null)) return null;
  return packVectors(found, { words, near: near.encoder, metric: 'cosine' });
}

function vectorOfCell(
  { imageId, layer = 0, box, deciding }: PageCell['cell'],
  vectorOf: ImageVectors['vectorOf'],
): ArrayLike<number> | null {
  if (imageId === undefined) return null;
  // A box of another model has its place among others.
  const place = layer === 0 ? (box ?? deciding?.[0]?.box) : undefined;
  return vectorOf({ image_id: imageId, box_index: place ?? null });
}

/** Gathers what the pictures of a report look like, as they are made. */
export interface PictureVectors {
  /** Describes the picture of a cell; one that cannot be read has no vector. */
  add(picture: PlacedThumbnail): Promise<void>;
  /** Of the pictures so far; null where there is none. */
  vectors(): ReportVectors | null;
}

/** The vectors of a report's cells where no model made any: what their pictures look like, by
 * `describePicture` of `@qualm/viz`.
 * @param count cells of the report
 */
export function createPictureVectors(count: number): PictureVectors {
  assertWhole('createPictureVectors', 'its count', count, 0);
  const found: (Float32Array | null)[] = Array.from({ length: count }, () => null);
  return {
    async add({ place, thumbnail }) {
      const { describePicture } = await import('@qualm/viz');
      try {
        found[place] = await describePicture(Image.fromBytes(thumbnail.bytes));
      } catch (error) {
        if (!QualmError.is(error)) throw error;
      }
    },
    vectors() {
      if (found.every((vector) => vector === null)) return null;
      return packVectors(found, { words: 'colours and edges of the pictures', near: near.looks, metric: 'euclidean' });
    },
  };
}
