/* Runs: lengths of alternating stretches of pixels, zeros first, along the rows or along the
 * columns of a picture. Ported from cocoapi's maskApi.c (Simplified BSD License, Piotr Dollar
 * and Tsung-Yi Lin, 2015). */

const fourOnes = 0x01010101;

/** The runs between sorted positions where the value changes; two changes at one position cancel.
 */
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

/** The box around the ones of runs along lines of that length, as (across lines, along lines); null
 * when there are none.
 */
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

/** Row-major runs of a row-major bitmap; every value but 0 is a one. */
export function runsFromBitmap(bitmap: Uint8Array): Uint32Array {
  const runs: number[] = [];
  const words = wordsOf(bitmap);
  let start = 0;
  let isOne = false;
  for (let i = 0; i < bitmap.length; i++) {
    if (i % 4 === 0) i = 4 * endOfWords(words, i / 4, isOne ? fourOnes : 0);
    if (i === bitmap.length || (bitmap[i] !== 0) === isOne) continue;
    runs.push(i - start);
    start = i;
    isOne = !isOne;
  }
  runs.push(bitmap.length - start);
  return Uint32Array.from(runs);
}

/** The first word from there on that is another. */
function endOfWords(words: Uint32Array, from: number, word: number): number {
  let at = from;
  while (at < words.length && words[at] === word) at++;
  return at;
}

/** Four pixels at a time, as far as there are four. */
function wordsOf(bitmap: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = byteAligned(bitmap);
  return new Uint32Array(buffer, byteOffset, length >> 2);
}

function byteAligned(bitmap: Uint8Array): Uint8Array {
  return bitmap.byteOffset % 4 === 0 ? bitmap : bitmap.slice();
}

/** The row-major bitmap, of 0 and 1, of row-major runs that cover `total` pixels. */
export function bitmapFromRuns(runs: Uint32Array, total: number): Uint8Array {
  const bitmap = new Uint8Array(total);
  let start = 0;
  runs.forEach((run, index) => {
    if (index & 1) bitmap.fill(1, start, start + run);
    start += run;
  });
  return bitmap;
}

/** Runs along lines as runs across them: from rows to columns, or back. The work grows with the
 * runs, not the pixels.
 */
export function transposeRuns(runs: Uint32Array, lineLength: number, lines: number): Uint32Array {
  const toggles: number[] = [];
  let above: number[] = [];
  let reader = { index: 0, end: runs[0]! };
  for (let line = 0; line <= lines; line++) {
    const changes: number[] = [];
    if (line < lines) reader = readLine(runs, reader, line * lineLength, lineLength, changes);
    for (const [from, to] of differences(above, changes)) {
      for (let across = from; across < to; across++) toggles.push(across * lines + line);
    }
    above = changes;
  }
  return runsFromToggles(Uint32Array.from(toggles).sort(), lineLength * lines);
}

interface Reader {
  /** The run under way; ones when odd. */
  readonly index: number;
  /** Where it ends in the whole picture. */
  readonly end: number;
}

/** Appends the places of one line where the value changes, an even number of them: the line is
 * closed at its end.
 */
function readLine(runs: Uint32Array, reader: Reader, start: number, lineLength: number, changes: number[]): Reader {
  let { index, end } = reader;
  if (index & 1) changes.push(0);
  while (end < start + lineLength) {
    changes.push(end - start);
    end += runs[++index]!;
  }
  if (index & 1) changes.push(lineLength);
  if (end === start + lineLength && index + 1 < runs.length) end += runs[++index]!;
  return { index, end };
}

/** The stretches where exactly one of two lines has ones. */
function differences(first: readonly number[], second: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  let [i, j, open] = [0, 0, -1];
  while (i < first.length || j < second.length) {
    const a = first[i] ?? Infinity;
    const b = second[j] ?? Infinity;
    if (a <= b) i++;
    if (b <= a) j++;
    if (a === b) continue;
    const place = Math.min(a, b);
    if (open < 0) {
      open = place;
    } else {
      if (open < place) found.push([open, place]);
      open = -1;
    }
  }
  return found;
}
