import type { PredictionTable } from '@qualm/datasets';
import { topRows } from '@qualm/strategies';
import type { Box2d, RankOrder } from '@qualm/types';
import type { KeptBoxes } from './kept-boxes.ts';
import type { BoxReader, ListedClasses } from './listed-boxes.ts';

/** A box of the ranked list. */
export interface TopBox extends ListedClasses {
  readonly image_id: string | number;
  readonly image: string | null;
  readonly box_index: number;
  readonly box: Box2d;
  readonly value: number;
}

/** The boxes that come first, of shards that come one after the other. */
export interface TopBoxes {
  add(shard: PredictionTable, kept: KeptBoxes, reader: BoxReader): void;
  /** In their order. */
  ranked(): readonly TopBox[];
}

export interface TopBoxesOptions {
  readonly order: RankOrder;
  readonly limit: number;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
}

export function createTopBoxes({ order, limit, seed }: TopBoxesOptions): TopBoxes {
  const ties = { limit, ...(seed !== undefined && { seed }) };
  let candidates: TopBox[] = [];
  let last: number | null = null;
  const prune = (): void => {
    const values = Float64Array.from(candidates, ({ value }) => value);
    const ids = candidates.map(({ image_id }) => image_id);
    candidates = Array.from(topRows(values, order, { ...ties, ids }), (row) => candidates[row]!);
    last = candidates.length === limit && limit > 0 ? candidates.at(-1)!.value : null;
  };
  return {
    add({ columns }, { rows, values, offsets }, reader) {
      const imageOf = imagesOfBoxes(offsets);
      const ids = Array.from(imageOf, (image) => columns.image_id.at(image)!);
      for (const place of topRows(values, order, { ...ties, ids })) {
        const value = values[place]!;
        if (last !== null && isAfter(value, last, order)) break;
        const image = imageOf[place]!;
        const row = rows[place]!;
        candidates.push({
          ...{ image_id: ids[place]!, image: columns.image.at(image)?.uri ?? null },
          ...{ box_index: row - columns.detections.offsets[image]!, box: reader.boxOf(row) },
          ...reader.classesOf(row),
          value,
        });
      }
      if (candidates.length >= 2 * limit) prune();
    },
    ranked() {
      prune();
      return candidates;
    },
  };
}

/** Whether a value comes after another, whatever the ids. */
function isAfter(value: number, other: number, order: RankOrder): boolean {
  if (Number.isNaN(other)) return false;
  return Number.isNaN(value) || (order === 'ascending' ? value > other : value < other);
}

/** [boxes]: the image of each box. */
function imagesOfBoxes(offsets: Uint32Array): Uint32Array {
  const images = new Uint32Array(offsets.at(-1)!);
  for (let image = 0; image < offsets.length - 1; image++) images.fill(image, offsets[image], offsets[image + 1]);
  return images;
}
