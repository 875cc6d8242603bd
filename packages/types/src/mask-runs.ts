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
