/* Runs: lengths of alternating stretches of pixels, zeros first, along the rows or along the columns of a picture.
 * Ported from cocoapi's maskApi.c (Simplified BSD License, Piotr Dollar and Tsung-Yi Lin, 2015). */

/** The runs between sorted positions where the value changes; two changes at one position cancel. */
export function runsFromToggles(sorted: Uint32Array, total: number): Uint32Array {
  const runs = new Uint32Array(sorted.length + 1);
  let count = 0;
  let start = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i] === sorted[i + 1]) {
      i++;
    } else {
      runs[count++] = sorted[i]! - start;
      start = sorted[i]!;
    }
  }
  if (start < total || count === 0) runs[count++] = total - start;
  return runs.subarray(0, count);
}

/** The same runs without inner runs of length 0. */
function withoutEmptyRuns(runs: Uint32Array): Uint32Array {
  if (!runs.includes(0, 1)) return runs;
  const kept = [runs[0]!];
  for (let i = 1; i < runs.length; i++) {
    if (runs[i] !== 0) kept.push(runs[i]!);
    else if (++i < runs.length) kept[kept.length - 1]! += runs[i]!;
  }
  return Uint32Array.from(kept);
}

/** The number of ones. */
export function areaOfRuns(runs: Uint32Array): number {
  let area = 0;
  for (let i = 1; i < runs.length; i += 2) area += runs[i]!;
  return area;
}

/** The box around the ones of runs along lines of that length, as (across lines, along lines); null when there are none. */
export function extentOfRuns(
  runs: Uint32Array,
  lineLength: number,
): { readonly across: readonly [number, number]; readonly along: readonly [number, number] } | null {
  let [firstLine, lastLine, first, last] = [Infinity, -1, Infinity, -1];
  let end = 0;
  for (let i = 1; i < runs.length; i += 2) {
    const start = end + runs[i - 1]!;
    end = start + runs[i]!;
    if (start === end) continue;
    const startLine = Math.floor(start / lineLength);
    const endLine = Math.floor((end - 1) / lineLength);
    const wraps = startLine < endLine;
    firstLine = Math.min(firstLine, startLine);
    lastLine = endLine;
    first = wraps ? 0 : Math.min(first, start - startLine * lineLength);
    last = wraps ? lineLength - 1 : Math.max(last, end - 1 - endLine * lineLength);
  }
  return lastLine < 0 ? null : { across: [firstLine, lastLine + 1], along: [first, last + 1] };
}

/** Of two pictures; neither may have inner runs of length 0. */
function mergeRuns(a: Uint32Array, b: Uint32Array, operation: 'union' | 'intersection'): Uint32Array {
  const threshold = operation === 'union' ? 1 : 2;
  const merged = new Uint32Array(a.length + b.length);
  let [i, j, endA, endB, start, count, value] = [0, 0, a[0]!, b[0]!, 0, 0, false];
  for (;;) {
    const end = endA < endB ? endA : endB;
    if (endA === end) endA = ++i < a.length ? endA + a[i]! : Infinity;
    if (endB === end) endB = ++j < b.length ? endB + b[j]! : Infinity;
    const isLast = endA === Infinity && endB === Infinity;
    if (!isLast && (i & 1) + (j & 1) >= threshold === value) continue;
    merged[count++] = end - start;
    if (isLast) return merged.slice(0, count);
    start = end;
    value = !value;
  }
}

/** The union or intersection of pictures of one size, at least one of them. */
export function mergeAllRuns(pictures: readonly Uint32Array[], operation: 'union' | 'intersection'): Uint32Array {
  let merged = pictures.map(withoutEmptyRuns);
  while (merged.length > 1) {
    merged = Array.from({ length: Math.ceil(merged.length / 2) }, (_, pair) => {
      const [first, second] = [merged[2 * pair]!, merged[2 * pair + 1]];
      return second === undefined ? first : mergeRuns(first, second, operation);
    });
  }
  return merged[0]!;
}

/** Where runs begin and end, two numbers for each run of ones. */
export function boundsOfRuns(runs: Uint32Array): Uint32Array {
  const bounds = new Uint32Array(runs.length & ~1);
  let end = 0;
  for (let i = 0; i < bounds.length; i++) bounds[i] = end += runs[i]!;
  return bounds;
}

/** The number of pixels that are one in both of two pictures, given the bounds of their runs. */
export function sharedArea(a: Uint32Array, b: Uint32Array): number {
  let [i, j, shared] = [1, 1, 0];
  while (i < a.length && j < b.length) {
    const endA = a[i]!;
    const endB = b[j]!;
    const start = Math.max(a[i - 1]!, b[j - 1]!);
    const end = endA < endB ? endA : endB;
    if (end > start) shared += end - start;
    if (endA <= endB) i += 2;
    if (endB <= endA) j += 2;
  }
  return shared;
}
