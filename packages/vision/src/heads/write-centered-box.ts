/** Writes xmin, ymin, xmax, ymax of a box given by its centre and size. */
export function writeCenteredBox(
  x: number,
  y: number,
  width: number,
  height: number,
  out: Float32Array,
  at: number,
): void {
  out[at] = x - width / 2;
  out[at + 1] = y - height / 2;
  out[at + 2] = x + width / 2;
  out[at + 3] = y + height / 2;
}
