type Numbers = Float32Array | Int32Array | Uint32Array | Uint8Array;

/** A typed array that doubles when it is full, so that appending n numbers costs O(n). */
export interface GrowingArray<A extends Numbers> {
  append(values: ArrayLike<number>): void;
  /** What was appended, in an array of just that length. */
  finish(): A;
}

/** An empty growing array over the constructor of its storage. */
export function createGrowingArray<A extends Numbers>(Storage: new (length: number) => A): GrowingArray<A> {
  let data = new Storage(64);
  let length = 0;
  return {
    append(values) {
      const needed = length + values.length;
      if (needed > data.length) {
        const grown = new Storage(Math.max(needed, 2 * data.length));
        grown.set(data.subarray(0, length));
        data = grown;
      }
      data.set(values, length);
      length = needed;
    },
    finish: () => data.slice(0, length) as A,
  };
}
