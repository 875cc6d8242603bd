/** Row-major runs of a row-major bitmap; every value but 0 is a one. */
export function runsFromBitmap(bitmap: Uint8Array): Uint32Array {
  const runs: number[] = [];
  let start = 0;
  let value = false;
  for (let i = 0; i < bitmap.length; i++) {
    if ((bitmap[i] !== 0) === value) continue;
    runs.push(i - start);
    start = i;
    value = !value;
  }
  runs.push(bitmap.length - start);
  return Uint32Array.from(runs);
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
