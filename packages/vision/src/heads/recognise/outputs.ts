import type { OutputFacts, Size } from '@qualm/types';

/** A raw output whose numbers can be looked at. */
export interface NamedOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The outputs of float32, in the model's order. */
export function outputsOf({ outputs }: OutputFacts): NamedOutput[] {
  return Object.entries(outputs).flatMap(([name, { shape, data }]) =>
    data instanceof Float32Array ? [{ name, shape, data }] : [],
  );
}

/** Outputs of so many dimensions, ones after the batch left out of [n, anchors, 1, 4]. */
export function ofRank(facts: OutputFacts, rank: number): NamedOutput[] {
  return outputsOf(facts).flatMap((output) => {
    const shape = output.shape.filter((size, axis) => axis < 2 || size !== 1 || axis === output.shape.length - 1);
    return [output.shape, shape].some(({ length }) => length === rank)
      ? [{ ...output, shape: output.shape.length === rank ? output.shape : shape }]
      : [];
  });
}

/** Strides of feature maps, as detectors have them. */
const pyramids: readonly (readonly number[])[] = [
  [8, 16, 32],
  [8, 16, 32, 64],
  [4, 8, 16, 32],
  [8, 16, 32, 64, 128],
  [16, 32],
  [16],
  [8],
];

/** The strides whose grids over the input have so many cells in all; null where none have. */
export function stridesOf({ width, height }: Size, cells: number): readonly number[] | null {
  const cellsOf = (stride: number): number => Math.ceil(width / stride) * Math.ceil(height / stride);
  return pyramids.find((strides) => strides.reduce((sum, stride) => sum + cellsOf(stride), 0) === cells) ?? null;
}
