/** Items from 0, the one with the greatest key first and of equals the first, of which only the
 * first one's key may change, and only fall. */
export interface FallingHeap {
  readonly length: () => number;
  /** The first item. */
  readonly first: () => number;
  readonly firstKey: () => number;
  /** Gives the first item a key that is no greater. */
  readonly lower: (key: number) => void;
  readonly remove: () => void;
}

/** A heap of these items, in ascending order, each with the key of the same place. */
export function createFallingHeap(items: Uint32Array, keys: Float64Array): FallingHeap {
  const heap = items.slice();
  const heapKeys = keys.slice();
  let length = heap.length;
  const sink = (from: number, item: number, key: number): void => {
    let node = from;
    for (let child = 2 * node + 1; child < length; child = 2 * node + 1) {
      if (child + 1 < length && isBefore(child + 1, heapKeys[child]!, heap[child]!)) child++;
      if (!isBefore(child, key, item)) break;
      heap[node] = heap[child]!;
      heapKeys[node] = heapKeys[child]!;
      node = child;
    }
    heap[node] = item;
    heapKeys[node] = key;
  };
  const isBefore = (node: number, key: number, item: number): boolean =>
    heapKeys[node]! > key || (heapKeys[node]! === key && heap[node]! < item);
  for (let node = (length >> 1) - 1; node >= 0; node--) sink(node, heap[node]!, heapKeys[node]!);
  return {
    length: () => length,
    first: () => heap[0]!,
    firstKey: () => heapKeys[0]!,
    lower: (key) => {
      sink(0, heap[0]!, key);
    },
    remove: () => {
      length--;
      if (length > 0) sink(0, heap[length]!, heapKeys[length]!);
    },
  };
}
