import type { DetectorSpec } from '@qualm/types';

const featureMapsSchema = {
  type: 'array',
  description: 'Height and width of each feature map.',
  items: {
    type: 'array',
    items: [
      { type: 'integer', minimum: 1 },
      { type: 'integer', minimum: 1 },
    ],
    minItems: 2,
    additionalItems: false,
  },
} as const;

/** The options of an SSD as a JSON Schema. */
export const ssdSchema = {
  type: 'object',
  description: 'Anchors with class scores and coded boxes, as torchvision and TF object detection have them.',
  additionalProperties: false,
  required: ['outputs', 'activation', 'background', 'boxEncoding'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['scores', 'boxes'],
      properties: {
        scores: { type: 'string', minLength: 1 },
        boxes: { type: 'string', minLength: 1 },
      },
    },
    activation: {
      enum: ['softmax', 'sigmoid', 'none'],
      description: 'What has to be applied to the scores: none, where the model ends in it.',
    },
    background: { type: 'boolean', description: 'Column 0 of the scores is the background.' },
    boxEncoding: {
      description: 'How boxes are coded.',
      oneOf: [
        {
          type: 'object',
          description: 'The BoxCoder of Faster R-CNN: dx, dy, dw, dh; for TF dy, dx, dh, dw.',
          additionalProperties: false,
          required: ['type', 'order', 'weights'],
          properties: {
            type: { const: 'center-size' },
            order: { enum: ['xywh', 'yxhw'] },
            weights: {
              type: 'array',
              items: [
                { type: 'number', exclusiveMinimum: 0 },
                { type: 'number', exclusiveMinimum: 0 },
                { type: 'number', exclusiveMinimum: 0 },
                { type: 'number', exclusiveMinimum: 0 },
              ],
              minItems: 4,
              additionalItems: false,
            },
          },
        },
        {
          type: 'object',
          description: 'offset * (w, h, w, h) + anchor.',
          additionalProperties: false,
          required: ['type'],
          properties: { type: { const: 'corner-offset' } },
        },
        {
          type: 'object',
          description: 'Boxes as they are; needs no anchors.',
          additionalProperties: false,
          required: ['type', 'format'],
          properties: {
            type: { const: 'decoded' },
            format: { enum: ['xyxy', 'yxyx'] },
            units: { enum: ['relative', 'pixels'], description: 'Of the input; relative (0..1) when absent.' },
          },
        },
      ],
    },
    anchors: {
      description: 'Where the anchors of an SSD come from.',
      oneOf: [
        {
          type: 'object',
          description: 'An output of the model.',
          additionalProperties: false,
          required: ['output', 'format'],
          properties: {
            output: { type: 'string', minLength: 1 },
            format: { enum: ['xyxy', 'cxcywh', 'yxyx'] },
          },
        },
        {
          type: 'object',
          description: 'The DefaultBoxGenerator of torchvision, relative to the input.',
          additionalProperties: false,
          required: ['generator', 'featureMaps', 'aspectRatios', 'scales', 'steps'],
          properties: {
            generator: { const: 'default-boxes' },
            featureMaps: featureMapsSchema as typeof featureMapsSchema,
            aspectRatios: {
              type: 'array',
              items: { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } },
            },
            scales: { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } },
            steps: { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } },
            clip: { type: 'boolean' },
          },
        },
        {
          type: 'object',
          description: 'The AnchorGenerator of torchvision (RetinaNet), whose sizes are in pixels of the input.',
          additionalProperties: false,
          required: ['generator', 'featureMaps', 'sizes', 'aspectRatios'],
          properties: {
            generator: { const: 'anchor-generator' },
            featureMaps: featureMapsSchema as typeof featureMapsSchema,
            sizes: {
              type: 'array',
              description: 'For each feature map.',
              items: { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } },
            },
            aspectRatios: {
              type: 'array',
              description: 'Height by width, for each feature map.',
              items: { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } },
            },
          },
        },
      ],
    },
  },
} as const;

/** What a spec says of an SSD. */
export type SsdHeadSpec = DetectorSpec<'ssd', typeof ssdSchema>;

/** Where the anchors of an SSD come from: drawn by one of torchvision's rules, or an output of the
 * model.
 */
export type AnchorSpec = NonNullable<SsdHeadSpec['anchors']>;
