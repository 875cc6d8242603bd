import type { Filter, ResampleAxis, Taps } from './resample-weights.ts';

interface Kernel {
  /** How far it reaches, in inputs when nothing shrinks. */
  readonly support: number;
  weight(distance: number): number;
}

type KernelName = Exclude<Filter, 'nearest' | 'opencv-linear'>;

const fractionBits = 22;

const kernels: Readonly<Record<KernelName, Kernel>> = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  bicubic: { support: 2, weight: (distance) => cubic(Math.abs(distance)) },
  lanczos3: { support: 3, weight: (distance) => (Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0) },
};

/** The taps of Pillow's `Image.resize`. Where it shrinks, the filter is as much wider, so that
 * every input counts. `nearest` takes the input at each output's centre.
 * @see Keys 1981 for `bicubic`, with a of -0.5; Duchon 1979 for `lanczos3`
 */
export function pillowTaps({ input, output, first, count }: ResampleAxis, filter: KernelName | 'nearest'): Taps[] {
  const scale = input / output;
  return Array.from({ length: count }, (_, index) => {
    const center = (first + index + 0.5) * scale;
    if (filter === 'nearest') return { first: Math.floor(center), weights: [2 ** fractionBits] };
    return tapsAt(input, center, Math.max(1, scale), kernels[filter]);
  });
}

function tapsAt(input: number, center: number, stretch: number, { support, weight }: Kernel): Taps {
  const first = Math.max(0, Math.trunc(center - support * stretch + 0.5));
  const end = Math.min(input, Math.trunc(center + support * stretch + 0.5));
  const raw = Array.from({ length: end - first }, (_, tap) => weight((first + tap - center + 0.5) * (1 / stretch)));
  const sum = raw.reduce((total, value) => total + value, 0);
  return { first, weights: raw.map((value) => fixed(value / sum)) };
}

function fixed(weight: number): number {
  return Math.trunc(weight * 2 ** fractionBits + (weight < 0 ? -0.5 : 0.5));
}

function cubic(x: number): number {
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}
