import type { Size, TensorMap } from '@qualm/types';
import { anchorGrid } from './anchor-grid.ts';
import { defaultBoxes } from './default-boxes.ts';
import { mismatch, readOutput } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import type { AnchorSpec } from './ssd-schema.ts';

/** Writes xmin, ymin, xmax, ymax of an anchor, relative to the input. */
export type ReadAnchor = (anchor: number, out: Float64Array) => void;

/** Where an SSD's anchors come from: for one image, a function that reads one of them. */
export type AnchorSource = (outputs: TensorMap, image: number, numAnchors: number) => ReadAnchor;

export function createAnchorSource(spec: AnchorSpec, size: Size): AnchorSource {
  if ('output' in spec) return (outputs, image, numAnchors) => outputAnchors(spec, outputs, image, numAnchors);
  const boxes = spec.generator === 'default-boxes' ? defaultBoxes(spec, size) : anchorGrid(spec, size);
  const read = reader({ data: boxes, offset: 0, shape: [] }, 'xyxy');
  return (_outputs, _image, numAnchors) => {
    if (boxes.length !== 4 * numAnchors) {
      const made = `head.anchors make ${boxes.length / 4}`;
      throw mismatch('ssd', `the model has ${numAnchors} anchors, ${made}; check featureMaps and aspectRatios`);
    }
    return read;
  };
}

function outputAnchors(
  spec: Extract<AnchorSpec, { output: string }>,
  outputs: TensorMap,
  image: number,
  numAnchors: number,
): ReadAnchor {
  const batch = outputs[spec.output]?.shape[0] === 1 ? 0 : image;
  const shared = outputs[spec.output]?.shape.length === 2;
  const row = shared
    ? { ...readOutput('ssd', outputs, spec.output, 0, [numAnchors, 4]), offset: 0 }
    : readOutput('ssd', outputs, spec.output, batch, ['n', numAnchors, 4]);
  return reader(row, spec.format);
}

function reader({ data, offset }: OutputRow, format: 'xyxy' | 'cxcywh' | 'yxyx'): ReadAnchor {
  return (anchor, out) => {
    const from = offset + 4 * anchor;
    const [a, b, c, d] = [data[from]!, data[from + 1]!, data[from + 2]!, data[from + 3]!];
    if (format === 'xyxy') set(out, a, b, c, d);
    else if (format === 'yxyx') set(out, b, a, d, c);
    else set(out, a - c / 2, b - d / 2, a + c / 2, b + d / 2);
  };
}

function set(out: Float64Array, xmin: number, ymin: number, xmax: number, ymax: number): void {
  out[0] = xmin;
  out[1] = ymin;
  out[2] = xmax;
  out[3] = ymax;
}
