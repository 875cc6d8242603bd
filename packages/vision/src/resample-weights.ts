import type { InputSpec } from '@qualm/types';
import { openCvTaps } from './opencv-taps.ts';
import { pillowTaps } from './pillow-taps.ts';

export type Filter = NonNullable<InputSpec['filter']>;

/** One axis of a resize. */
export interface ResampleAxis {
  /** Samples that there are, and those that the whole of them would become. */
  readonly input: number;
  readonly output: number;
  /** The outputs that are made: `count` from `first` on. */
  readonly first: number;
  readonly count: number;
  /** Of rows the second pass, of columns the first. */
  readonly isDown: boolean;
}

/** What one output is made of. */
export interface Taps {
  readonly first: number;
  /** Of the inputs from `first` on, in units of 2^-22; of OpenCV's two inputs in units of 2^-11. */
  readonly weights: readonly number[];
  /** OpenCV's second input: the one after the first, or the first again where the image ends. */
  readonly second?: number;
}

/** Weights of one axis as `assembly/resample.ts` and `assembly/opencv-linear.ts` read them. */
export interface ResampleWeights {
  /** Inputs are counted from the first that is read. */
  readonly bytes: Uint8Array;
  /** Groups of two taps for each output. */
  readonly groups: number;
  /** The inputs that are read: from, and to (not included), in order and apart. */
  readonly ranges: readonly InputRange[];
}

export type InputRange = readonly [from: number, to: number];

const lowBits = 11;
const lowMask = (1 << lowBits) - 1;

/** The weights that make outputs of an axis. `nearest` takes the input at each output's centre,
 * `opencv-linear` is OpenCV's `INTER_LINEAR` for bytes, and the others are Pillow's.
 */
export function resampleWeights(axis: ResampleAxis, filter: Filter): ResampleWeights {
  const tapsOf = filter === 'opencv-linear' ? openCvTaps : (axis: ResampleAxis) => pillowTaps(axis, filter);
  const taps = tapsOf(axis);
  const ranges = rangesOf(taps);
  const pack = filter === 'opencv-linear' ? packedPairs : packedGroups;
  return { ...pack(taps, ranges[0]![0]), ranges };
}

/** Inputs that one output after the other reads, joined where they touch. */
function rangesOf(taps: readonly Taps[]): InputRange[] {
  const ranges: [number, number][] = [];
  for (const { first, weights, second } of taps) {
    const end = second === undefined ? first + weights.length : second + 1;
    const last = ranges.at(-1);
    if (last && first <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([first, end]);
  }
  return ranges;
}

/** Four outputs are computed at once along a row, so as many have weights. */
function room(taps: readonly Taps[], stride: number): DataView {
  return new DataView(new ArrayBuffer(stride * 4 * Math.ceil(taps.length / 4)));
}

function packedGroups(taps: readonly Taps[], from: number): Omit<ResampleWeights, 'ranges'> {
  const groups = Math.ceil(taps.reduce((most, { weights }) => Math.max(most, weights.length), 1) / 2);
  const stride = 4 + 8 * groups;
  const view = room(taps, stride);
  for (const [index, { first, weights }] of taps.entries()) {
    view.setUint32(index * stride, first - from, true);
    for (const [tap, weight] of weights.entries()) {
      const at = index * stride + 4 + 8 * (tap >> 1) + 2 * (tap & 1);
      view.setInt16(at, weight >> lowBits, true);
      view.setInt16(at + 4, weight & lowMask, true);
    }
  }
  return { bytes: new Uint8Array(view.buffer), groups };
}

function packedPairs(taps: readonly Taps[], from: number): Omit<ResampleWeights, 'ranges'> {
  const stride = 12;
  const view = room(taps, stride);
  for (const [index, { first, weights, second = first }] of taps.entries()) {
    view.setUint32(index * stride, first - from, true);
    for (const [tap, weight] of weights.entries()) view.setInt16(index * stride + 4 + 2 * tap, weight, true);
    view.setUint32(index * stride + 8, second - from, true);
  }
  return { bytes: new Uint8Array(view.buffer), groups: 1 };
}
