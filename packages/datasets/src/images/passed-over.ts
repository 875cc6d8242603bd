/** Files of a folder that were left out for one reason. */
export interface PassedOver {
  /** An ending in lower case, such as `bmp`, or words: `without an ending`, `hidden`,
   * `linked out of the folder`, ...
   */
  readonly reason: string;
  readonly count: number;
  /** The path of the first of them, inside the folder. */
  readonly example: string;
}

/** Counts what is left out, by reason. */
export interface PassedOverList {
  add(reason: string, path: string): void;
  /** The most frequent first. */
  list(): PassedOver[];
}

/** A list of nothing so far.
 * @example createPassedOverList().list() // []
 */
export function createPassedOverList(): PassedOverList {
  const counts = new Map<string, { count: number; example: string }>();
  return {
    add(reason, path) {
      const known = counts.get(reason);
      if (!known) counts.set(reason, { count: 1, example: path });
      else {
        known.count++;
        if (path < known.example) known.example = path;
      }
    },
    list: () =>
      Array.from(counts, ([reason, found]) => ({ reason, ...found })).sort(
        (a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1),
      ),
  };
}
