type Compare = (a: number, b: number) => number;

/** The `limit` of these rows that come first, in order. Only that many are ever held, in a heap
 * whose root is the last of them: for buckets that are much larger than what is wanted of them. */
export function firstRows(rows: Uint32Array, limit: number, before: Compare): Uint32Array {
  const heap = rows.slice(0, limit);
  if (limit === 0) return heap;
  for (let node = (limit >> 1) - 1; node >= 0; node--) sink(heap, node, before);
  for (let place = limit; place < rows.length; place++) {
    if (before(rows[place]!, heap[0]!) >= 0) continue;
    heap[0] = rows[place]!;
    sink(heap, 0, before);
  }
  return heap.sort(before);
}

function sink(heap: Uint32Array, from: number, before: Compare): void {
  const row = heap[from]!;
  let node = from;
  for (let child = 2 * node + 1; child < heap.length; child = 2 * node + 1) {
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!) > 0) child++;
    if (before(heap[child]!, row) <= 0) break;
    heap[node] = heap[child]!;
    node = child;
  }
  heap[node] = row;
}
