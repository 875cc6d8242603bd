import { QualmError } from '@qualm/types';
import type { Size } from '@qualm/types';
import type { AnchorSpec } from './ssd-schema.ts';

type AnchorGrid = Extract<AnchorSpec, { generator: 'anchor-generator' }>;
type Corners = readonly [number, number, number, number];

/** Anchors by torchvision's rule: [anchors, 4] xyxy relative to the input, map by map, cell by
 * cell, ratio by ratio, size by size. A cell's anchors lie around its upper left corner.
 * @throws QualmError `spec-invalid` when the lists do not have fitting lengths.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/anchor_utils.py
 * (AnchorGenerator)
 */
export function anchorGrid({ featureMaps, sizes, aspectRatios }: AnchorGrid, { width, height }: Size): Float32Array {
  const maps = featureMaps.length;
  if (sizes.length !== maps || aspectRatios.length !== maps) {
    throw new QualmError(
      'spec-invalid',
      `head ssd: anchors have ${maps} featureMaps, ${sizes.length} sizes, ${aspectRatios.length} aspectRatios; ` +
        'expected as many of each',
    );
  }
  const boxes: number[] = [];
  featureMaps.forEach(([rows, columns], map) => {
    const cell = cellAnchors(sizes[map]!, aspectRatios[map]!);
    const strideX = Math.floor(width / columns);
    const strideY = Math.floor(height / rows);
    for (let y = 0; y < rows * strideY; y += strideY)
      for (let x = 0; x < columns * strideX; x += strideX)
        for (const [left, top, right, bottom] of cell)
          boxes.push((x + left) / width, (y + top) / height, (x + right) / width, (y + bottom) / height);
  });
  return Float32Array.from(boxes);
}

/** The anchors of a cell at 0, 0: whole pixels, computed in float32 as torchvision does. */
function cellAnchors(sizes: readonly number[], aspectRatios: readonly number[]): Corners[] {
  return aspectRatios.flatMap((ratio) => {
    const tall = Math.fround(Math.sqrt(Math.fround(ratio)));
    const wide = Math.fround(1 / tall);
    return sizes.map((size): Corners => {
      const right = roundToEven(Math.fround(wide * size) / 2);
      const bottom = roundToEven(Math.fround(tall * size) / 2);
      return [-right, -bottom, right, bottom];
    });
  });
}

/** Of two whole numbers that are equally near, the even one. */
function roundToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
