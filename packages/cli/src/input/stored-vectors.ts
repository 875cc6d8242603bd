import { basename } from 'node:path';
import { readEmbeddings } from '@qualm/datasets';
import type { ImageVectors } from '@qualm/selection';
import type { Reporter } from '../terminal/reporter.ts';

/** Vectors of a file, as what is compared asks for them. */
export interface StoredVectors extends ImageVectors {
  /** How rows of the file are found, in words. */
  readonly by: string;
  /** The first id of the file; null where it has no row. */
  readonly firstId: string | null;
}

/** Opens a Parquet file of vectors. Boxes go by their own vectors where the file has such, else by
 * those of their images. Images go by their own, else by that of the box that their number comes
 * from, which is said. What is compared is never of both kinds.
 * @param option that names the file, for messages
 */
export async function openVectors(
  path: string,
  { of, option }: { readonly of: 'box' | 'image'; readonly option: string },
  reporter: Pick<Reporter, 'note'>,
): Promise<StoredVectors> {
  const stored = await readEmbeddings(path);
  const [firstId = null] = stored.ids();
  const name = basename(path);
  const isOfBoxes = stored.boxes > 0 && (of === 'box' || stored.size === 0);
  if (!isOfBoxes) {
    const words = of === 'box' ? `${name}, of whole images` : name;
    return { words, by: 'by their ids', firstId, vectorOf: ({ image_id }) => stored.get(image_id) };
  }
  if (of === 'image')
    reporter.note(`${option} ${name}: has vectors of boxes; an image goes by the box that its number comes from`);
  return {
    words: of === 'box' ? `${name}, of each box` : `${name}, of the box that an image's number comes from`,
    by: 'by their image_id and box_index',
    firstId,
    vectorOf: ({ image_id, box_index }) => (box_index === null ? null : stored.get(image_id, box_index)),
  };
}
