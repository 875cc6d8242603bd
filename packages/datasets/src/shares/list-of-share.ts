import { counted, countText, QualmError } from '@qualm/types';
import type { PredictionManifest } from '../predictions/manifest.ts';
import { rowsOf } from '../predictions/shard-store.ts';
import { shareText } from './image-share.ts';
import type { ImageShare, ListedImages } from './image-share.ts';

/** What the whole list of a share is, at the end of its run.
 * @throws QualmError `dataset-invalid` unless the stored rows are the images of the share, and the
 * list is the one that the folder was complete with before.
 */
export function listOfShare(folder: string, share: ImageShare, manifest: PredictionManifest): ListedImages {
  const { list, length } = share;
  const rows = rowsOf(manifest);
  const what = `predictions: share ${shareText(share)} in "${folder}"`;
  if (!list) throw invalid(`${what} was closed before its images were read to their end; read all of them`);
  if (rows !== length)
    throw invalid(`${what} has ${counted(rows, 'row')} for ${counted(length, 'image')}; write a row for each`);
  const { images, ids } = manifest.share!;
  if (manifest.rows === null || (images === list.images && ids === list.ids)) return list;
  const ofThem = images === list.images ? ', of which one at least has another id' : '';
  throw invalid(
    `${what} was of a list of ${counted(images!, 'image')}, now of ${countText(list.images)}${ofThem}; ` +
      'give the same list, or choose another folder',
  );
}

function invalid(message: string): QualmError {
  return new QualmError('dataset-invalid', message);
}
