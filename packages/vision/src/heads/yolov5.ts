import type { AnchorReader, DetectorHead, DetectorSpec, QualmError, ReaderContext } from '@qualm/types';
import { createBoxWriter } from './box-format.ts';
import { hasClassNumbers, suppressedLayout } from './known-layout.ts';
import { createObjectness } from './objectness.ts';
import { assertLabels, mismatch, readOutput } from './read-output.ts';
import { recogniseYolov5 } from './recognise/recognise-yolov5.ts';
import { undecodedStrides } from './undecoded-boxes.ts';

const schema = {
  type: 'object',
  description: 'One output [n, anchors, 5 + classes]: cx, cy, w, h, objectness, then class scores.',
  additionalProperties: false,
  required: ['outputs'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['predictions'],
      properties: {
        predictions: { type: 'string', minLength: 1 },
      },
    },
    units: {
      enum: ['pixels', 'relative'],
      description:
        'Of the boxes: pixels of the input (when absent), or 0..1 of it, as exports to TensorFlow have them.',
    },
  },
} as const;

/** What a spec says of a YOLOv5, YOLOv6 or YOLOv7. */
export type Yolov5HeadSpec = DetectorSpec<'yolov5', typeof schema>;

/** YOLOv5, YOLOv6, YOLOv7: decoded, with an objectness. */
export const yolov5: DetectorHead<Yolov5HeadSpec> = {
  type: 'yolov5',
  schema,
  defaults: { iouThreshold: 0.45, maxDetections: 300 },
  createReader: createYolov5Reader,
  recognise: recogniseYolov5,
};

/** Reads [n, anchors, 5 + classes]. The score is objectness * class.
 * @see https://github.com/ultralytics/yolov5/blob/master/utils/general.py (non_max_suppression)
 */
function createYolov5Reader(
  { outputs, units = 'pixels' }: Yolov5HeadSpec,
  { numLabels, size }: ReaderContext,
): AnchorReader {
  const name = outputs.predictions;
  const writeBox = createBoxWriter('cxcywh', units, size);

  return {
    outputs: [name],
    read: (tensors, image) => {
      const row = readOutput('yolov5', tensors, name, image, ['n', 'anchors', '5 + classes']);
      const { data, offset, shape } = row;
      const [, numAnchors, columns] = shape as [number, number, number];
      assertLabels('yolov5', name, shape, columns - 5, numLabels);
      if (numLabels === 1 && hasClassNumbers(row))
        throw mismatch('yolov5', `output "${name}" is [${shape}], ${suppressedLayout(columns)}`);
      const strides = units === 'pixels' ? undecodedStrides(row, size) : null;
      if (strides) throw undecoded(name, shape, strides);
      const numbers = { data, offset: offset + 4, numAnchors, anchorStride: columns };
      return {
        ...createObjectness(name, numbers, numLabels),
        readBox: (anchor, out, at) => {
          const from = offset + anchor * columns;
          writeBox(data[from]!, data[from + 1]!, data[from + 2]!, data[from + 3]!, out, at);
        },
      };
    },
  };
}

function undecoded(name: string, shape: readonly number[], strides: readonly number[]): QualmError {
  const came = `output "${name}" is [${shape}], one box for each cell with a centre within a few cells of it`;
  const advice = `set head.type to "yolox" and head.strides to [${strides.join(', ')}]`;
  return mismatch('yolov5', `${came}, which is how YOLOX exports them undecoded; ${advice}`);
}
