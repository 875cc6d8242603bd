import type { BoxReader } from '../scan/box-reader.ts';
import { cellIds } from '../scan/cell-ids.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';

/** An image may be in a list twice. [images]: whether each is the first of its id, the second, and
 * so on. */
export function createCopyCounter(): (ids: Iterable<string | number>) => readonly number[] {
  const seen = new Map<string | number, number>();
  return (ids) =>
    Array.from(ids, (id) => {
      const copy = (seen.get(id) ?? 0) + 1;
      seen.set(id, copy);
      return copy;
    });
}

/** The ids of an image and of all boxes that are stored of it, made once for each image that is
 * asked for. */
export function createIds(
  {
    table: {
      boxes: { offsets },
      columns,
    },
  }: ScoredShard,
  reader: BoxReader,
  copies: readonly number[],
): (image: number) => ReturnType<typeof cellIds> {
  const known = new Map<number, ReturnType<typeof cellIds>>();
  return (image) => {
    const made = known.get(image);
    if (made) return made;
    const id = columns.image_id.at(image)!;
    const copy = copies[image]!;
    const [start, end] = [offsets[image]!, offsets[image + 1]!];
    const boxes = Array.from({ length: end - start }, (_, at) => ({
      box: reader.boxOf(start + at),
      label: reader.nameOf(start + at),
    }));
    const ids = cellIds(copy === 1 ? id : `${id}~${copy}`, boxes);
    known.set(image, ids);
    return ids;
  };
}
