import { Image } from '@qualm/types';
import type { ImageRecord } from '@qualm/types';

/** What stands for an image: a path or URI, an image, or a record with an id of its own. */
export type ImageLike = string | Image | ImageRecord;

/** A record and its position in the input, from 0. */
export interface IndexedRecord {
  readonly index: number;
  readonly record: ImageRecord;
}

/** The record of an image. Without an id of its own the id is the path or URI, and of an image in bytes its position. */
export function toImageRecord(item: ImageLike, index: number): ImageRecord {
  if (typeof item === 'string') return { image_id: item, image: Image.fromUri(item) };
  if (item instanceof Image) return { image_id: item.uri ?? index, image: item };
  return item;
}

/** Records in groups of `size`, the last one maybe smaller; those that are done are passed over. */
export async function* batchesOf(
  images: Iterable<ImageLike> | AsyncIterable<ImageLike>,
  size: number,
  isDone: (index: number) => boolean = () => false,
): AsyncGenerator<readonly IndexedRecord[], void, undefined> {
  let index = 0;
  let batch: IndexedRecord[] = [];
  for await (const item of images) {
    if (!isDone(index)) batch.push({ index, record: toImageRecord(item, index) });
    index++;
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
