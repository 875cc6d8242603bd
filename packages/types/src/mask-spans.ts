/* Spans: where stretches of ones start and end, two numbers each, in order, over all pixels of a
 * picture.
 */

/** The spans of runs. */
export function spansOfRuns(runs: Uint32Array): Int32Array {
  const spans = new Int32Array(runs.length & ~1);
  let end = 0;
  for (let i = 0; i < spans.length; i++) spans[i] = end += runs[i]!;
  return spans;
}

/** The runs of spans; the spans are neither empty nor do they touch. */
export function runsOfSpans(spans: Int32Array, total: number): Uint32Array {
  const end = spans.at(-1) ?? 0;
  const runs = new Uint32Array(spans.length + (end < total ? 1 : 0));
  for (let i = 0; i < spans.length; i++) runs[i] = spans[i]! - (i > 0 ? spans[i - 1]! : 0);
  if (end < total) runs[spans.length] = total - end;
  return runs;
}

/** The union or intersection of pictures of one size, at least one of them; the work is that of a
 * merge sort.
 */
export function mergeRuns(
  pictures: readonly Uint32Array[],
  operation: 'union' | 'intersection',
  total: number,
): Uint32Array {
  if (pictures.length === 1) return pictures[0]!;
  const merge = operation === 'union' ? unite : intersect;
  let merged = pictures.map(spansOfRuns);
  while (merged.length > 1) {
    merged = Array.from({ length: Math.ceil(merged.length / 2) }, (_, pair) => {
      const [first, second] = [merged[2 * pair]!, merged[2 * pair + 1]];
      return second === undefined ? first : merge(first, second);
    });
  }
  return runsOfSpans(merged[0]!, total);
}

/** The number of pixels that are one in both pictures. */
export function sharedArea(a: Int32Array, b: Int32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const startA = a[i]!;
    const startB = b[j]!;
    const endA = a[i + 1]!;
    const endB = b[j + 1]!;
    const start = startA > startB ? startA : startB;
    const end = endA < endB ? endA : endB;
    if (end > start) shared += end - start;
    if (endA <= endB) i += 2;
    if (endB <= endA) j += 2;
  }
  return shared;
}

function unite(a: Int32Array, b: Int32Array): Int32Array {
  const spans = new Int32Array(a.length + b.length);
  let [i, j, count, last] = [0, 0, 0, -1];
  while (i < a.length || j < b.length) {
    const isFromA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    const start = isFromA ? a[i]! : b[j]!;
    const end = isFromA ? a[i + 1]! : b[j + 1]!;
    if (isFromA) i += 2;
    else j += 2;
    if (end <= last || start === end) continue;
    if (start > last) {
      spans[count] = start;
      count += 2;
    }
    spans[count - 1] = last = end;
  }
  return spans.subarray(0, count);
}

function intersect(a: Int32Array, b: Int32Array): Int32Array {
  const spans = new Int32Array(a.length + b.length);
  let [i, j, count, last] = [0, 0, 0, -1];
  while (i < a.length && j < b.length) {
    const start = Math.max(a[i]!, b[j]!);
    const endA = a[i + 1]!;
    const endB = b[j + 1]!;
    if (endA <= endB) i += 2;
    if (endB <= endA) j += 2;
    const end = Math.min(endA, endB);
    if (start >= end) continue;
    if (start > last) {
      spans[count] = start;
      count += 2;
    }
    spans[count - 1] = last = end;
  }
  return spans.subarray(0, count);
}
