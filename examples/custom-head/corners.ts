import type { DetectorHead, DetectorSpec } from '@qualm/types';
import { assertLabels, identity, readOutput, sigmoid } from '@qualm/vision/heads';

const schema = {
  type: 'object',
  description: 'One output [n, boxes, 4 + classes]: xmin, ymin, xmax, ymax, then class scores.',
  additionalProperties: false,
  required: ['outputs', 'units'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['predictions'],
      properties: { predictions: { type: 'string', minLength: 1 } },
    },
    units: { enum: ['relative', 'pixels'], description: 'Of the corners: 0..1, or pixels of the input.' },
    activation: { enum: ['sigmoid', 'none'], description: 'What the scores still need; none when absent.' },
  },
} as const;

/** What a spec says to it. */
export type CornersSpec = DetectorSpec<'corners', typeof schema>;

/** A detector whose boxes come as corners, in one output with their class scores. */
export const corners: DetectorHead<CornersSpec> = {
  type: 'corners',
  schema,
  defaults: { iouThreshold: 0.5 },
  module: import.meta.url,
  createReader({ outputs: { predictions }, units, activation = 'none' }, { numLabels, size }) {
    const scale = units === 'pixels' ? [1, 1] : [size.width, size.height];
    const isRaw = activation === 'sigmoid';
    return {
      outputs: [predictions],
      read(outputs, image) {
        const wanted = ['n', 'boxes', '4 + classes'];
        const { data, offset, shape } = readOutput('corners', outputs, predictions, image, wanted);
        const [, numAnchors = 0, columns = 0] = shape;
        assertLabels('corners', predictions, shape, columns - 4, numLabels);
        const strides = { anchorStride: columns, classStride: 1 };
        const matrix = { data, offset: offset + 4, numAnchors, numClasses: numLabels, ...strides };
        return {
          scores: matrix,
          activation: isRaw ? sigmoid : identity,
          raw: [{ output: predictions, matrix, wanted: isRaw ? 'logits' : 'scores' }],
          readBox(anchor, out, at) {
            const from = offset + anchor * columns;
            for (let side = 0; side < 4; side++) out[at + side] = data[from + side]! * scale[side % 2]!;
          },
        };
      },
    };
  },
};
