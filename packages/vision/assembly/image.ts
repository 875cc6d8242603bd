/* From the pixels of an image to those of a model's input. */

import { reserve } from './arena';
import { blendPixels, blendRows } from './opencv-linear';
import { resampleColumns, resampleRow, weightBytes } from './resample';
import { widenRgbRow } from './rgb-row';
import { writeElements } from './tensor-row';

/** Pixels in a row of the source, and those of them that are read. */
let sourceWidth: i32 = 0;
let left: i32 = 0;
let columns: i32 = 0;
let outputWidth: i32 = 0;
let row: usize = 0;
/** Rows of the image that are read, as narrow as the output. */
let narrow: usize = 0;
let stride: usize = 0;
let across: usize = 0;
let acrossGroups: i32 = 0;
let isFourPixels: bool = false;

/** Starts to resample an image, of whose rows `count` pixels from `from` on are read; its rows follow.
 * @param rows that are read of the image
 * @param weights of the rows, `groups` groups for each output, whose first pixel is `from`
 * @param fourPixels as OpenCV does it
 */
export function startResampling(
  width: i32,
  from: i32,
  count: i32,
  rows: i32,
  output: i32,
  weights: usize,
  groups: i32,
  fourPixels: bool,
): void {
  sourceWidth = width;
  left = from;
  columns = count;
  outputWidth = output;
  across = weights;
  acrossGroups = groups;
  isFourPixels = fourPixels;
  stride = <usize>((output + 3) & ~3) << (fourPixels ? 3 : 2);
  row = reserve(<usize>(count + 16) << 2);
  // Groups of taps reach up to one row past the last.
  narrow = reserve(stride * <usize>(rows + 1));
}

/** Takes rows `from` to `to` of those that are read, which lie at `source` as four bytes a pixel. */
export function takeRgba(source: usize, from: i32, to: i32): void {
  source += <usize>left << 2;
  for (let y = from; y < to; y++, source += <usize>sourceWidth << 2) takeRow(y, source);
}

/** Takes rows `from` to `to` of those that are read, which lie at `source` as RGB bytes. */
export function takeRgb(source: usize, from: i32, to: i32): void {
  source += <usize>left * 3;
  for (let y = from; y < to; y++, source += <usize>sourceWidth * 3) {
    widenRgbRow(row, source, columns);
    takeRow(y, row);
  }
}

// @ts-ignore: decorator
@inline
function takeRow(y: i32, pixels: usize): void {
  const target = narrow + <usize>y * stride;
  if (isFourPixels) blendPixels(target, pixels, outputWidth, across);
  else resampleRow(target, pixels, outputWidth, across, acrossGroups);
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
    if (isFourPixels) blendRows(pixels, narrow, stride, weights);
    else resampleColumns(pixels, narrow, stride, weights, groups);
    writeElements(target, pixels, outputWidth, bytes, step, plane);
  }
}
