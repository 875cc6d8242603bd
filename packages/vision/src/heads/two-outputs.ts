import type { DetectorHead, DetectorSpec } from '@qualm/types';
import { createPairReader } from './boxes-and-scores.ts';
import { recogniseTwoOutputs } from './recognise/recognise-two-outputs.ts';

const schema = {
  type: 'object',
  description: 'Decoded boxes and class scores, as EfficientDet, YOLO-NAS, RTMDet and PP-YOLOE give them.',
  additionalProperties: false,
  required: ['outputs', 'format', 'units'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['boxes', 'scores'],
      properties: {
        boxes: { type: 'string', minLength: 1 },
        scores: { type: 'string', minLength: 1 },
      },
    },
    format: {
      enum: ['xyxy', 'yxyx', 'cxcywh'],
      description: 'What the four numbers of a box are: corners, corners with y first, or centre and size.',
    },
    units: { enum: ['pixels', 'relative'], description: 'Of the boxes: pixels of the input, or 0..1 of it.' },
    activation: {
      enum: ['none', 'sigmoid', 'softmax'],
      description: 'What has to be applied to the scores: none (when absent), where the model ends in it.',
    },
  },
} as const;

/** What a spec says of a detector with one output of boxes and one of scores. */
export type TwoOutputsHeadSpec = DetectorSpec<'two-outputs', typeof schema>;

/** EfficientDet, YOLO-NAS, RTMDet, PP-YOLOE and others: boxes [n, anchors, 4] and scores
 * [n, anchors, classes], or either with its last two dimensions turned.
 */
export const twoOutputs: DetectorHead<TwoOutputsHeadSpec> = {
  type: 'two-outputs',
  schema,
  defaults: { maxDetections: 300 },
  createReader: ({ outputs, format, units, activation = 'none' }, context) =>
    createPairReader(
      { head: 'two-outputs', outputs, format, units, activation, background: 'none', isEitherOrder: true },
      context,
    ),
  recognise: recogniseTwoOutputs,
};
