/** Memory that is given out piece by piece, and taken back all at once. */
export interface Arena {
  /** So many bytes, whose address is a multiple of 8. They hold what was there before. */
  take(length: number): Uint8Array<ArrayBuffer>;
  /** Takes all pieces back. The arena is then large enough for as much as was asked of it before.
   */
  reset(): void;
}

/** An arena that makes new pieces where it is too small.
 * @example const arena = createArena(); arena.take(3).length // 3
 */
export function createArena(): Arena {
  let memory = new Uint8Array(0);
  let used = 0;
  return {
    take(length) {
      const start = used;
      used += Math.ceil(length / 8) * 8;
      return used <= memory.length ? memory.subarray(start, start + length) : new Uint8Array(length);
    },
    reset() {
      if (used > memory.length) memory = new Uint8Array(Math.ceil(used * spare));
      used = 0;
    },
  };
}

/** Shards are nearly of one size. */
const spare = 1.0625;
