import type { InputSpec } from '@qualm/types';

export type Filter = NonNullable<InputSpec['filter']>;

/** Weights of one axis as `assembly/resample.ts` reads them. */
export interface ResampleWeights {
  readonly bytes: Uint8Array;
  /** Groups of two taps for each output. */
  readonly groups: number;
}

interface Kernel {
  /** How far it reaches, in inputs when nothing shrinks. */
  readonly support: number;
  weight(distance: number): number;
}

const fractionBits = 22;
const lowBits = 11;
const lowMask = (1 << lowBits) - 1;

/** What each filter but `nearest` weighs. */
export const kernels: Readonly<Record<Exclude<Filter, 'nearest'>, Kernel>> = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  bicubic: { support: 2, weight: (distance) => cubic(Math.abs(distance)) },
  lanczos3: { support: 3, weight: (distance) => (Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0) },
};

/** The weights that turn `input` samples into `output` samples: those of Pillow's `Image.resize`.
 * Where it shrinks, the filter is as much wider, so that every input counts. `nearest` takes the
 * input at each output's centre.
 * @see Keys 1981 for `bicubic`, with a of -0.5; Duchon 1979 for `lanczos3`
 */
export function resampleWeights(input: number, output: number, filter: Filter): ResampleWeights {
  const scale = input / output;
  const taps = Array.from({ length: output }, (_, index) =>
    filter === 'nearest'
      ? { first: Math.floor((index + 0.5) * scale), weights: [1] }
      : tapsOf(input, (index + 0.5) * scale, Math.max(1, scale), kernels[filter]),
  );
  return packed(taps);
}

interface Taps {
  readonly first: number;
  /** They sum to 1. */
  readonly weights: readonly number[];
}

function tapsOf(input: number, center: number, stretch: number, { support, weight }: Kernel): Taps {
  const first = Math.max(0, Math.trunc(center - support * stretch + 0.5));
  const end = Math.min(input, Math.trunc(center + support * stretch + 0.5));
  const raw = Array.from({ length: end - first }, (_, tap) => weight((first + tap - center + 0.5) * (1 / stretch)));
  const sum = raw.reduce((total, value) => total + value, 0);
  return { first, weights: raw.map((value) => value / sum) };
}

/** Four outputs are computed at once along a row, so as many have weights. */
function packed(taps: readonly Taps[]): ResampleWeights {
  const groups = Math.ceil(taps.reduce((most, { weights }) => Math.max(most, weights.length), 1) / 2);
  const stride = 4 + 8 * groups;
  const bytes = new Uint8Array(stride * 4 * Math.ceil(taps.length / 4));
  const view = new DataView(bytes.buffer);
  for (const [index, { first, weights }] of taps.entries()) {
    view.setUint32(index * stride, first, true);
    for (const [tap, weight] of weights.entries()) {
      const fixed = Math.trunc(weight * 2 ** fractionBits + (weight < 0 ? -0.5 : 0.5));
      const at = index * stride + 4 + 8 * (tap >> 1) + 2 * (tap & 1);
      view.setInt16(at, fixed >> lowBits, true);
      view.setInt16(at + 4, fixed & lowMask, true);
    }
  }
  return { bytes, groups };
}

function cubic(x: number): number {
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}
