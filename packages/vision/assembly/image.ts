/* From the pixels of an image to those of a model's input. */

import { reserve } from './arena';
import { resampleColumns, resampleRow, weightBytes } from './resample';
import { widenRgbRow } from './rgb-row';
import { writeElements } from './tensor-row';

let width: i32 = 0;
let height: i32 = 0;
let outputWidth: i32 = 0;
let row: usize = 0;
/** All rows of the image, as narrow as the output. */
let narrow: usize = 0;
let stride: usize = 0;
let across: usize = 0;
let acrossGroups: i32 = 0;

/** Starts to resample an image of a size; its rows follow.
 * @param weights of the rows, `groups` groups for each output
 */
export function startResampling(w: i32, h: i32, output: i32, weights: usize, groups: i32): void {
  width = w;
  height = h;
  outputWidth = output;
  across = weights;
  acrossGroups = groups;
  stride = <usize>((output + 3) & ~3) << 2;
  row = reserve(<usize>(width + 16) << 2);
  // Groups of taps reach up to one row past the last.
  narrow = reserve(stride * <usize>(height + 1));
}

/** Takes rows `from` to `to`, which lie at `source` as four bytes a pixel. */
export function takeRgba(source: usize, from: i32, to: i32): void {
  for (let y = from; y < to; y++, source += <usize>width << 2) {
    resampleRow(narrow + <usize>y * stride, source, outputWidth, across, acrossGroups);
  }
}

/** Takes rows `from` to `to`, which lie at `source` as RGB bytes. */
export function takeRgb(source: usize, from: i32, to: i32): void {
  for (let y = from; y < to; y++, source += <usize>width * 3) {
    widenRgbRow(row, source, width);
    resampleRow(narrow + <usize>y * stride, row, outputWidth, across, acrossGroups);
  }
}

/** Writes the resampled image as elements of `bytes` bytes.
 * @param step elements from one pixel to the next
 * @param plane elements from one channel to the next
 * @param weights of the columns, `groups` groups for each of the `rows` outputs
 */
export function writeInput(
  target: usize,
  rows: i32,
  weights: usize,
  groups: i32,
  bytes: i32,
  step: i32,
  plane: i32,
): void {
  const pixels = reserve(stride);
  const rowBytes = <usize>(outputWidth * step * bytes);
  for (let y = 0; y < rows; y++, target += rowBytes, weights += weightBytes(groups)) {
    resampleColumns(pixels, narrow, stride, weights, groups);
    writeElements(target, pixels, outputWidth, bytes, step, plane);
  }
}
