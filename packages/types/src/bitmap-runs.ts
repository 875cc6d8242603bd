const fourOnes = 0x01010101;

/** Row-major runs of a row-major bitmap; every value but 0 is a one. */
export function runsFromBitmap(bitmap: Uint8Array): Uint32Array {
  const runs: number[] = [];
  const words = wordsOf(bitmap);
  let start = 0;
  let isOne = false;
  const scan = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      if ((bitmap[i] !== 0) === isOne) continue;
      runs.push(i - start);
      start = i;
      isOne = !isOne;
    }
  };
  for (let i = 0; i < words.length; i++) {
    if (words[i] !== (isOne ? fourOnes : 0)) scan(4 * i, 4 * i + 4);
  }
  scan(4 * words.length, bitmap.length);
  runs.push(bitmap.length - start);
  return Uint32Array.from(runs);
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
