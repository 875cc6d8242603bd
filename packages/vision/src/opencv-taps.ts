import { roundHalfEven } from './round-half-even.ts';
import type { ResampleAxis, Taps } from './resample-weights.ts';

const one = 2 ** 11;

/** The taps of OpenCV's `INTER_LINEAR` for bytes: the two inputs next to each output's centre,
 * however much it shrinks. Places are float32 there. Columns past an end are the last one; rows
 * past an end are the last one twice, with both weights.
 * @see `cv::hal::resize` and `resizeGeneric_` in modules/imgproc/src/resize.cpp
 */
export function openCvTaps({ input, output, first, count, isDown }: ResampleAxis): Taps[] {
  const scale = 1 / (output / input);
  const last = input - 1;
  return Array.from({ length: count }, (_, index) => {
    const place = Math.fround((first + index + 0.5) * scale - 0.5);
    const start = Math.floor(place);
    const fraction = Math.fround(place - start);
    if (!isDown && start < 0) return { first: 0, second: 0, weights: [one, 0] };
    if (!isDown && start >= last) return { first: last, second: last, weights: [one, 0] };
    return {
      first: Math.max(0, start),
      second: Math.min(last, start + 1),
      weights: [roundHalfEven(Math.fround(1 - fraction) * one), roundHalfEven(fraction * one)],
    };
  });
}
