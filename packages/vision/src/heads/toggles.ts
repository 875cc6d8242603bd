/** Places where a mask begins or ends, in the order of its pixels, column by column. */
export interface Toggles {
  begin(): void;
  /** Two at one place cancel each other. */
  add(place: number): void;
  /** Runs of alternating stretches, zeros first, that add up to `total` pixels. */
  runs(total: number): Uint32Array;
}

/** Toggles that keep their memory. */
export function createToggles(): Toggles {
  let places = new Uint32Array(256);
  let count = 0;
  return {
    begin() {
      count = 0;
    },
    add(place) {
      if (count > 0 && places[count - 1] === place) {
        count--;
        return;
      }
      if (count === places.length) {
        const grown = new Uint32Array(2 * count);
        grown.set(places);
        places = grown;
      }
      places[count++] = place;
    },
    runs(total) {
      const end = count === 0 ? 0 : places[count - 1]!;
      const runs = new Uint32Array(count + (end < total ? 1 : 0));
      for (let at = 0; at < count; at++) runs[at] = places[at]! - (at === 0 ? 0 : places[at - 1]!);
      if (end < total) runs[count] = total - end;
      return runs;
    },
  };
}
