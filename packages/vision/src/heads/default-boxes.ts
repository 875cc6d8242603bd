import { QualmError } from '@qualm/types';
import type { Size } from '@qualm/types';
import type { AnchorSpec } from './ssd-schema.ts';

type DefaultBoxes = Extract<AnchorSpec, { generator: 'default-boxes' }>;

/** Anchors by torchvision's rule: [anchors, 4] xyxy relative to the input, map by map, cell by
 * cell, ratio by ratio.
 * @throws QualmError `spec-invalid` when the lists do not have fitting lengths.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/anchor_utils.py
 * (DefaultBoxGenerator)
 */
export function defaultBoxes(spec: DefaultBoxes, size: Size): Float32Array {
  const { featureMaps, aspectRatios, scales, steps } = spec;
  const maps = featureMaps.length;
  if (aspectRatios.length !== maps || steps.length !== maps || scales.length !== maps + 1) {
    throw new QualmError(
      'spec-invalid',
      `head ssd: anchors have ${maps} featureMaps, ${aspectRatios.length} aspectRatios, ${steps.length} steps, ` +
        `${scales.length} scales; expected as many of each, and one scale more`,
    );
  }
  const boxes: number[] = [];
  featureMaps.forEach(([height, width], map) => {
    const sizes = boxSizes(aspectRatios[map]!, scales[map]!, scales[map + 1]!, spec.clip ?? true);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const x = ((column + 0.5) * steps[map]!) / size.width;
        const y = ((row + 0.5) * steps[map]!) / size.height;
        for (const [w, h] of sizes) boxes.push(x - w / 2, y - h / 2, x + w / 2, y + h / 2);
      }
    }
  });
  return Float32Array.from(boxes);
}

function boxSizes(ratios: readonly number[], scale: number, nextScale: number, clip: boolean): [number, number][] {
  const between = Math.sqrt(scale * nextScale);
  const sizes: [number, number][] = [
    [scale, scale],
    [between, between],
  ];
  for (const ratio of ratios) {
    const width = scale * Math.sqrt(ratio);
    const height = scale / Math.sqrt(ratio);
    sizes.push([width, height], [height, width]);
  }
  return clip ? sizes.map(([w, h]) => [Math.min(w, 1), Math.min(h, 1)]) : sizes;
}
