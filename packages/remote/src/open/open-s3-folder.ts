import { createImageSource, createPassedOverList } from '@qualm/datasets';
import type { PassedOver } from '@qualm/datasets';
import { assertArray, assertOptions, assertText, assertWhole, Image } from '@qualm/types';
import type { ImageList } from '@qualm/types';
import { networkOf } from '../net/network-of.ts';
import type { NetworkOptions } from '../net/network-options.ts';
import { assertNetworkOptions } from '../net/network-options.ts';
import { listKeys } from '../s3/list-keys.ts';
import { assertS3Options } from '../s3/s3-options.ts';
import type { S3Options } from '../s3/s3-options.ts';
import { parseS3Uri } from '../s3/s3-uri.ts';

/** Options of `openS3Folder`. */
export interface S3FolderOptions extends NetworkOptions {
  readonly s3?: S3Options;
  /** Endings of images, without the dot. */
  readonly extensions?: readonly string[];
  /** The first images alone; the list is not read further then. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** The images below an `s3:` URI, and what was passed over. */
export interface S3Folder extends ImageList {
  readonly passedOver: readonly PassedOver[];
}

const decodable = ['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'webp', 'gif', 'tif', 'tiff', 'avif'];

/** The images whose keys begin with `s3://bucket/prefix/`, in the order of S3, which is that of a
 * folder. Ids are the rest of the keys, as those of a folder are paths in it; what begins with a
 * dot and what has another ending is passed over as there. Keys are held, images opened later.
 * @throws QualmError `image-missing` where there is no such bucket, `access-denied`,
 * `machine-trouble`, `io`, `aborted`; RangeError for options out of range.
 * @example await openS3Folder('s3://photos/2026/', { s3: { region: 'eu-west-1' } })
 */
export async function openS3Folder(uri: string, options: S3FolderOptions = {}): Promise<S3Folder> {
  assertText('openS3Folder', 'its URI', uri, "a URI, such as 's3://bucket/photos/'");
  assertOptions('openS3Folder', options, "{ s3: { region: 'eu-west-1' } }");
  assertNetworkOptions('openS3Folder', options);
  const { s3 = {}, extensions = decodable, limit = Infinity, signal } = options;
  assertS3Options('openS3Folder', s3);
  if (limit !== Infinity) assertWhole('openS3Folder', 'limit', limit, 0);
  assertArray('openS3Folder', 'extensions', extensions, "an array, such as ['jpg', 'png']");
  const endings = new Set(extensions.map((ending) => ending.replace(/^\./, '').toLowerCase()));
  const { bucket, key } = parseS3Uri('openS3Folder', uri);
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const passedOver = createPassedOverList();
  const ids: string[] = [];
  for await (const found of listKeys(networkOf(options, s3).client, { bucket, key: prefix }, signal)) {
    if (ids.length >= limit) break;
    const id = found.slice(prefix.length);
    const reason = reasonAgainst(id, endings);
    if (reason === null) ids.push(id);
    else if (reason !== '') passedOver.add(reason, id);
  }
  const source = createImageSource(
    ids.length,
    (row) => ids[row]!,
    (row) => ({ image_id: ids[row]!, image: Image.fromUri(`s3://${bucket}/${prefix}${ids[row]!}`) }),
  );
  return Object.assign(source, { passedOver: passedOver.list() });
}

/** Why a key is no image; empty where nobody asks, as of what stands for a folder. */
function reasonAgainst(id: string, endings: ReadonlySet<string>): string | null {
  const parts = id.split('/');
  const name = parts.pop()!;
  if (name === '' || parts.some((part) => part.startsWith('.'))) return '';
  const ending = /[^/]\.([^./]+)$/.exec(id)?.[1]!.toLowerCase() ?? '';
  if (name.startsWith('.')) return endings.has(ending) ? 'hidden' : '';
  if (parts.includes('..')) return 'a name with ".."';
  if (endings.has(ending)) return null;
  return ending === '' ? 'without an ending' : ending;
}
