import { topRows } from '@qualm/strategies';
import type { RankOrder } from '@qualm/types';

/** The rows that come first, of shards that come one after the other. In memory there are never
 * many more.
 */
export interface Top<Row> {
  /** @param values of the rows of a shard; NaN comes last.
   * @param idOf what ties go by.
   * @param rowAt makes a row; asked for those that may stay.
   */
  add(values: Float64Array, idOf: (place: number) => string | number, rowAt: (place: number) => Row): void;
  /** In their order. */
  ranked(): readonly Row[];
}

export interface TopOptions {
  readonly order: RankOrder;
  readonly limit: number;
  /** Draws the order of ties, which else go by id. */
  readonly seed?: number | undefined;
}

interface Candidate<Row> {
  readonly value: number;
  readonly id: string | number;
  readonly row: Row;
}

export function createTop<Row>({ order, limit, seed }: TopOptions): Top<Row> {
  const ties = { limit, ...(seed !== undefined && { seed }) };
  let candidates: Candidate<Row>[] = [];
  let last: number | null = null;
  const prune = (): void => {
    const values = Float64Array.from(candidates, ({ value }) => value);
    const ids = candidates.map(({ id }) => id);
    candidates = Array.from(topRows(values, order, { ...ties, ids }), (place) => candidates[place]!);
    last = candidates.length === limit && limit > 0 ? candidates.at(-1)!.value : null;
  };
  return {
    add(values, idOf, rowAt) {
      if (limit === 0) return;
      const places = placesUpTo(values, last, order);
      const ids = Array.from({ length: places.length }, (_, at) => idOf(places[at]!));
      const likely = Float64Array.from({ length: places.length }, (_, at) => values[places[at]!]!);
      for (const at of topRows(likely, order, { ...ties, ids })) {
        const place = places[at]!;
        candidates.push({ value: values[place]!, id: ids[at]!, row: rowAt(place) });
      }
      if (candidates.length >= (last === null ? 1 : 2) * limit) prune();
    },
    ranked() {
      prune();
      return candidates.map(({ row }) => row);
    },
  };
}

/** The places of the values that do not come after `last`, whatever the ids; all of them where it
 * is null or NaN.
 */
function placesUpTo(values: Float64Array, last: number | null, order: RankOrder): Uint32Array {
  const places = new Uint32Array(values.length);
  const sign = order === 'ascending' ? 1 : -1;
  const cut = last === null ? NaN : sign * last;
  const isOpen = Number.isNaN(cut);
  let count = 0;
  for (let place = 0; place < values.length; place++)
    if (isOpen || sign * values[place]! <= cut) places[count++] = place;
  return places.subarray(0, count);
}

/** [boxes]: the image of each box. */
export function imagesOfBoxes(offsets: Uint32Array): Uint32Array {
  const images = new Uint32Array(offsets.at(-1)!);
  for (let image = 0; image < offsets.length - 1; image++) images.fill(image, offsets[image], offsets[image + 1]);
  return images;
}
