const fourOnes = 0x01010101;

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
