/** The options of a head of boxes that are suppressed already, as a JSON Schema. */
export const endToEndSchema = {
  type: 'object',
  description: 'Boxes that the model suppressed itself, each with one score and one class.',
  additionalProperties: false,
  required: ['outputs'],
  properties: {
    outputs: {
      type: 'object',
      description:
        'Names of the raw outputs to read: predictions [n, boxes, 6] of corners, score and class, or boxes, scores and labels.',
      additionalProperties: false,
      properties: {
        predictions: { type: 'string', minLength: 1 },
        boxes: { type: 'string', minLength: 1 },
        scores: { type: 'string', minLength: 1 },
        labels: { type: 'string', minLength: 1 },
      },
    },
    format: {
      enum: ['xyxy', 'yxyx', 'cxcywh'],
      description:
        'What the four numbers of a box are: corners (when absent), corners with y first, or centre and size.',
    },
    units: {
      enum: ['pixels', 'relative'],
      description: 'Of the boxes: pixels of the input (when absent), or 0..1 of it.',
    },
    classes: {
      enum: ['index', 'id'],
      description:
        'What the number of a class is: its place among the labels, from 0 (when absent), or the id of its label.',
    },
  },
} as const;
