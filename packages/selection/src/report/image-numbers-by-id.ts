import type { Measure } from '../choose/measure.ts';
import type { ShardReader } from '../scan/scan-predictions.ts';

/** The number of each image, by its id. */
export function createImageNumbers(measure: Measure): ShardReader & { readonly byId: ReadonlyMap<string, number> } {
  const byId = new Map<string, number>();
  return {
    byId,
    add(shard) {
      const values = measure.scoreImages(shard);
      values.forEach((value, image) => byId.set(String(shard.table.columns.image_id.at(image)!), value));
    },
  };
}
