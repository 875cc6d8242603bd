import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readEmbeddings } from '@qualm/datasets';
import type { StoredEmbeddings } from '@qualm/datasets';
import { movedBoxes } from '@qualm/selection';
import type { ImageVectors } from '@qualm/selection';
import { UsageError } from '../terminal/exit-code.ts';
import type { Reporter } from '../terminal/reporter.ts';

/** Vectors of a file, as what is compared asks for them. */
export interface StoredVectors extends ImageVectors {
  /** How rows of the file are found, in words. */
  readonly by: string;
  /** The first id of the file; null where it has no row. */
  readonly firstId: string | null;
}

/** What vectors are asked for. */
export interface AskedVectors {
  readonly of: 'box' | 'image';
  /** The option that names the file, for messages. */
  readonly option: string;
  /** The predictions that the vectors are to belong to. */
  readonly predictions: string;
  readonly signal: AbortSignal;
}

/** Opens a Parquet file of vectors. Boxes go by their own vectors where the file has such, else by
 * those of their images. Images go by their own, else by that of the box that their number comes
 * from, which is said. What is compared is never of both kinds.
 * @throws UsageError where the file says that its boxes are those of other predictions.
 */
export async function openVectors(
  path: string,
  { of, option, ...predicted }: AskedVectors,
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
  await assertSameBoxes(stored, { path, option, ...predicted });
  if (of === 'image')
    reporter.note(`${option} ${name}: has vectors of boxes; an image goes by the box that its number comes from`);
  return {
    words: of === 'box' ? `${name}, of each box` : `${name}, of the box that an image's number comes from`,
    by: 'by their image_id and box_index',
    firstId,
    vectorOf: ({ image_id, box_index }) => (box_index === null ? null : stored.get(image_id, box_index)),
  };
}

/** Vectors of boxes go by places in the list of boxes of an image, where new predictions have other
 * boxes. A file that does not say where its boxes were cannot be held against them. */
async function assertSameBoxes(
  { placed, boxOf }: StoredEmbeddings,
  { path, option, predictions, signal }: Omit<AskedVectors, 'of'> & { readonly path: string },
): Promise<void> {
  if (placed === 0) return;
  const { compared, moved, first } = await movedBoxes(predictions, boxOf, { signal });
  if (first === null) return;
  const { image_id, box_index, was, is } = first;
  const name = basename(path);
  const isOlder = (await writtenAt(path)) < (await writtenAt(predictions));
  throw new UsageError(
    `${option} ${name}: ${isOlder ? 'is older than the predictions' : 'is of other predictions'}: of image ` +
      `${JSON.stringify(image_id)} box ${box_index} was at ${edgesText(was)} when its vector was made, and is at ` +
      `${edgesText(is)}; ${moved} of ${compared} boxes are elsewhere. Make the vectors again with qualm embed --boxes, ` +
      'or name the predictions that they are of',
  );
}

function edgesText({ xmin, ymin, xmax, ymax }: NonNullable<ReturnType<StoredEmbeddings['boxOf']>>): string {
  return `(${[xmin, ymin, xmax, ymax].map((edge) => Number(edge.toFixed(1))).join(', ')})`;
}

/** When a file, or a folder of predictions, was last written. */
async function writtenAt(path: string): Promise<number> {
  const manifest = await stat(join(path, '_qualm.json')).catch(() => null);
  return (manifest ?? (await stat(path))).mtimeMs;
}
