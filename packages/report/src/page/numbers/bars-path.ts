/** Bars from the bottom up; each that has any is seen. */
export function barsPath(counts: Uint32Array, most: number, isIn: (bin: number) => boolean): string {
  let path = '';
  counts.forEach((count, bin) => {
    if (count > 0 && isIn(bin)) path += `M${bin} 100V${100 - Math.max(2, Math.round((100 * count) / most))}h1V100z`;
  });
  return path;
}
