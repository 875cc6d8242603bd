import { Image } from '@qualm/types';
import type { ImageRecord, RowError } from '@qualm/types';

/** What stands for an image: a path or URI, an image, the bytes of an encoded one (a `Buffer` is a
 * `Uint8Array`), or a record with an id of its own. Anything else, such as the null that a join
 * leaves, becomes a row with an error.
 */
export type ImageLike = string | URL | Image | Uint8Array | ArrayBufferLike | Blob | ImageRecord;

/** A record and its position in the input, from 0. */
export interface IndexedRecord {
  readonly index: number;
  readonly record: ImageRecord;
  /** What is behind the image's URI, where it was opened ahead. */
  readonly bytes?: Uint8Array;
}

/** The record of whatever stands for an image. Without an id of its own the id is the path or URI,
 * and of any other image its position, `index`. What is not an image becomes a record with an
 * `error`.
 * @example (await toImageRecord('photos/a.jpg', 0)).image_id // 'photos/a.jpg'
 */
export async function toImageRecord(item: unknown, index: number): Promise<ImageRecord> {
  const given: LooseRecord = isRecord(item) ? item : { image: item };
  const image = await toImage(given.image);
  const error = given.error ?? (image ? undefined : noImage(given.image, index));
  return {
    image_id: isId(given.image_id) ? given.image_id : (image?.uri ?? index),
    image: image ?? Image.fromBytes(new Uint8Array()),
    ...(error && { error }),
  };
}

async function toImage(item: unknown): Promise<Image | null> {
  if (typeof item === 'string') return item === '' ? null : Image.fromUri(item);
  if (item instanceof URL) return Image.fromUri(item.href);
  if (isImage(item)) return item;
  if (item instanceof Uint8Array) return Image.fromBytes(item);
  if (item instanceof ArrayBuffer || item instanceof SharedArrayBuffer) return Image.fromBytes(new Uint8Array(item));
  return item instanceof Blob ? Image.fromBytes(new Uint8Array(await item.arrayBuffer())) : null;
}

/** Another copy of `@qualm/types` has an `Image` of its own. */
function isImage(item: unknown): item is Image {
  if (item instanceof Image) return true;
  const { uri, bytes } = (item ?? {}) as { readonly uri?: unknown; readonly bytes?: unknown };
  return (typeof uri === 'string' && bytes === null) || (uri === null && bytes instanceof Uint8Array);
}

interface LooseRecord {
  readonly image: unknown;
  readonly image_id?: unknown;
  readonly error?: RowError | undefined;
}

function isRecord(item: unknown): item is LooseRecord {
  return typeof item === 'object' && item !== null && 'image' in item;
}

function isId(id: unknown): id is string | number {
  return typeof id === 'string' || (typeof id === 'number' && !Number.isNaN(id));
}

function noImage(item: unknown, index: number): RowError {
  const isMissing = item === null || item === undefined || item === '' || Number.isNaN(item);
  return {
    code: isMissing ? 'image-missing' : 'image-invalid',
    message: `predict: the image of row ${index} is ${shown(item)}; expected a path, a URI, an Image or the bytes of an image file`,
  };
}

function shown(item: unknown): string {
  if (item === '') return 'an empty text';
  if (typeof item === 'number' || item === null || item === undefined) return String(item);
  if (typeof item !== 'object') return `a ${typeof item}`;
  return `a value of type ${item.constructor?.name ?? 'object'}`;
}

/** Records in groups of `size`, the last one maybe smaller; those that are done are passed over. */
export async function* batchesOf(
  images: Iterable<unknown> | AsyncIterable<unknown>,
  size: number,
  isDone: (index: number) => boolean = () => false,
): AsyncGenerator<readonly IndexedRecord[], void, undefined> {
  let index = 0;
  let batch: IndexedRecord[] = [];
  for await (const item of images) {
    if (!isDone(index)) batch.push({ index, record: await toImageRecord(item, index) });
    index++;
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
