import { headSchema } from './head-schema.ts';
import type { Heads } from './head-definition.ts';
import { labelledUnless, writtenParts } from './written-parts.ts';

/** The JSON Schema (draft-07) of `ModelSpec`, which is the type that follows from it, but for the
 * options of heads: each head has the schema of its own. `files.model` cannot be absolute, a URI,
 * or leave its folder.
 * @see https://json-schema.org/draft-07
 */
export const modelSpecSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'ModelSpec',
  description: 'Everything that qualm needs to run a model.',
  type: 'object',
  additionalProperties: false,
  required: ['specVersion', 'name', 'flavor', 'files', 'input', 'head', 'labels'],
  properties: {
    $schema: { type: 'string', description: 'Where this schema is, for editors.' },
    specVersion: { const: 1, description: 'The version of this format.' },
    name: { type: 'string', minLength: 1, description: 'What people call the model.' },
    description: { type: 'string' },
    license: { type: 'string', description: 'An SPDX expression where there is one.' },
    flavor: { type: 'string', minLength: 1, description: 'Which backend runs it: onnx, tfjs, or one that you bring.' },
    files: {
      type: 'object',
      description:
        'Paths relative to the folder of this file (or to the one given at loading), which they cannot leave.',
      additionalProperties: false,
      required: ['model'],
      properties: {
        model: {
          type: 'string',
          description: 'The main file: an .onnx file, the model.json of TF.js. Forward slashes, no "..".',
          pattern: '^(?!/)(?![A-Za-z][A-Za-z0-9+.-]*:)(?!(?:[\\s\\S]*/)?\\.\\.(?:/|$))[^\\\\\\u0000]+$',
        },
      },
    },
    input: {
      type: 'object',
      description: 'How pixels become the input tensor: (value - mean) / std on values 0..255, channel by channel.',
      additionalProperties: false,
      required: ['size', 'layout', 'dtype', 'channels', 'resize'],
      properties: {
        name: { type: 'string', minLength: 1, description: 'The only input of the model when absent.' },
        size: {
          type: 'object',
          description: 'What images are fitted into, in pixels.',
          additionalProperties: false,
          required: ['width', 'height'],
          properties: { width: { type: 'integer', minimum: 1 }, height: { type: 'integer', minimum: 1 } },
        },
        layout: { enum: ['nchw', 'nhwc'], description: 'Order of the dimensions of the tensor.' },
        dtype: { enum: ['float32', 'float16', 'uint8', 'int32'] },
        channels: { enum: ['rgb', 'bgr'] },
        resize: {
          description: 'How an image is fitted into the input.',
          oneOf: [
            {
              type: 'object',
              additionalProperties: false,
              required: ['mode'],
              properties: { mode: { const: 'stretch' } },
            },
            {
              type: 'object',
              additionalProperties: false,
              required: ['mode', 'anchor', 'pad'],
              properties: {
                mode: { const: 'letterbox' },
                anchor: { enum: ['center', 'top-left'] },
                pad: {
                  type: 'number',
                  minimum: 0,
                  maximum: 255,
                  description: 'Value around the image, before normalisation.',
                },
                rounding: {
                  enum: ['down', 'nearest'],
                  description:
                    'Of the sides of the resized image: down (YOLOX; when absent), or nearest (Ultralytics).',
                },
              },
            },
            {
              type: 'object',
              additionalProperties: false,
              required: ['mode', 'shortSide'],
              properties: {
                mode: { const: 'crop' },
                shortSide: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 65535,
                  description:
                    "What the short side is resized to; the middle of that is the input. torchvision's Resize(256) is 256, timm's crop_pct floor(size / crop_pct).",
                },
              },
            },
          ],
        },
        filter: {
          enum: ['bilinear', 'bicubic', 'lanczos3', 'nearest', 'opencv-linear'],
          description:
            "The resampling filter: Pillow's (bilinear when absent), or OpenCV's INTER_LINEAR, which takes four pixels however much it shrinks.",
        },
        mean: {
          type: 'array',
          description: 'For each channel in the order of channels, in units of 0..255.',
          items: [{ type: 'number' }, { type: 'number' }, { type: 'number' }],
          minItems: 3,
          additionalItems: false,
        },
        std: {
          type: 'array',
          description: 'For each channel in the order of channels, in units of 0..255.',
          items: [
            { type: 'number', exclusiveMinimum: 0 },
            { type: 'number', exclusiveMinimum: 0 },
            { type: 'number', exclusiveMinimum: 0 },
          ],
          minItems: 3,
          additionalItems: false,
        },
        batch: { type: 'integer', minimum: 1, description: 'Images in one run, where the model has a fixed batch.' },
      },
    },
    head: {
      type: 'object',
      description: 'Which head reads the raw outputs, and with which options.',
      required: ['type'],
      properties: { type: { type: 'string', minLength: 1 } },
    },
    form: {
      enum: ['class_scores', 'detections'],
      description:
        "What is kept of a box unless the caller chooses: all classes' scores (when absent), or its best class.",
    },
    scoreKind: {
      enum: ['distribution', 'independent'],
      description:
        'What the scores of a row are to each other: one distribution, or a yes or no each. Absent: as the activation makes them.',
    },
    labels: {
      type: 'array',
      description:
        'One for each foreground column of the scores, in the order of the model; none of a head that makes vectors.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name'],
        properties: {
          id: { type: 'integer', minimum: 0 },
          name: { type: 'string', minLength: 1 },
          supercategory: { type: 'string' },
        },
      },
    },
    backendOptions: { type: 'object', description: 'Options that only the backend knows.' },
  },
} as const;

/** The JSON Schema (draft-07) of specs as they are written, whose `head` is one of these heads, for
 * editors: the file `@qualm/types/model-spec.schema.json` is that of the heads of `@qualm/vision`.
 * @example new Ajv().compile(modelSpecSchemaOf({ ...heads, mine }))
 */
export function modelSpecSchemaOf(heads: Heads): object {
  const { description } = modelSpecSchema.properties.head;
  const head = { description, oneOf: Object.values(heads).map(headSchema) };
  return {
    ...modelSpecSchema,
    ...labelledUnless(modelSpecSchema.required, heads),
    properties: { ...modelSpecSchema.properties, ...writtenParts(modelSpecSchema.properties), head },
  };
}
