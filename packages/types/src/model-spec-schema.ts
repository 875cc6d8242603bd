/** The JSON Schema (draft-07) of `ModelSpec`, the same as the file `@qualm/types/model-spec.schema.json`.
 * An entry of its own, so that whoever needs boxes alone does not load it. `files.model` cannot be absolute, a URI, or leave
 * its folder.
 * @see https://json-schema.org/draft-07   @example new Ajv().compile(modelSpecSchema)
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
    specVersion: { const: 1, description: 'The version of this form.' },
    name: { $ref: '#/definitions/name', description: 'What people call the model.' },
    description: { type: 'string' },
    license: { type: 'string', description: 'An SPDX expression where there is one.' },
    flavor: { $ref: '#/definitions/name', description: 'Which backend runs it: onnx, tfjs, or one that you bring.' },
    files: {
      type: 'object',
      description: 'Paths relative to the folder of this file, which they cannot leave.',
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
    input: { $ref: '#/definitions/input' },
    head: { $ref: '#/definitions/head' },
    form: {
      enum: ['class_scores', 'detections'],
      description:
        "What is kept of a box where nobody asks for another: all classes' scores (when absent), or its best class.",
    },
    scoreKind: {
      enum: ['distribution', 'independent'],
      description:
        'What the scores of a row are to each other: one distribution, or a yes or no each. Absent: as the activation makes them.',
    },
    labels: {
      type: 'array',
      description: 'One for each foreground column of the scores, in the order of the model.',
      minItems: 1,
      items: { $ref: '#/definitions/label' },
    },
    backendOptions: { type: 'object', description: 'Options that only the backend knows.' },
  },
  definitions: {
    name: { type: 'string', minLength: 1 },
    names: { type: 'array', minItems: 1, items: { $ref: '#/definitions/name' } },
    score: { type: 'number', minimum: 0, maximum: 1 },
    count: { type: 'integer', minimum: 1 },
    positive: { type: 'number', exclusiveMinimum: 0 },
    strides: {
      type: 'array',
      description: 'Input pixels between grid cells.',
      minItems: 1,
      items: { $ref: '#/definitions/count' },
    },
    activation: {
      enum: ['softmax', 'sigmoid', 'none'],
      description: 'What has to be applied to the scores: none, where the model ends in it.',
    },
    duplicates: {
      enum: ['drop', 'keep'],
      description:
        'drop keeps an anchor once, by its best class; keep lets it stand once for each class that it passes.',
    },
    label: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'name'],
      properties: {
        id: { type: 'integer', minimum: 0 },
        name: { $ref: '#/definitions/name' },
        supercategory: { type: 'string' },
      },
    },
    input: {
      type: 'object',
      description: 'How pixels become the input tensor: (value - mean) / std on values 0..255, channel by channel.',
      additionalProperties: false,
      required: ['size', 'layout', 'dtype', 'channels', 'resize'],
      properties: {
        name: { $ref: '#/definitions/name', description: 'The only input of the model when absent.' },
        size: {
          type: 'object',
          additionalProperties: false,
          required: ['width', 'height'],
          properties: { width: { $ref: '#/definitions/count' }, height: { $ref: '#/definitions/count' } },
        },
        layout: { enum: ['nchw', 'nhwc'], description: 'Order of the dimensions of the tensor.' },
        dtype: { enum: ['float32', 'uint8', 'int32'] },
        channels: { enum: ['rgb', 'bgr'] },
        resize: { $ref: '#/definitions/resize' },
        filter: { enum: ['bilinear', 'bicubic', 'lanczos3', 'nearest'], description: 'The resampling filter.' },
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
            { $ref: '#/definitions/positive' },
            { $ref: '#/definitions/positive' },
            { $ref: '#/definitions/positive' },
          ],
          minItems: 3,
          additionalItems: false,
        },
        batch: { $ref: '#/definitions/count', description: 'Images in one run, where the model has a fixed batch.' },
      },
    },
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
          },
        },
      ],
    },
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
                { $ref: '#/definitions/positive' },
                { $ref: '#/definitions/positive' },
                { $ref: '#/definitions/positive' },
                { $ref: '#/definitions/positive' },
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
          properties: { output: { $ref: '#/definitions/name' }, format: { enum: ['xyxy', 'cxcywh', 'yxyx'] } },
        },
        {
          type: 'object',
          description: 'The DefaultBoxGenerator of torchvision, relative to the input.',
          additionalProperties: false,
          required: ['generator', 'featureMaps', 'aspectRatios', 'scales', 'steps'],
          properties: {
            generator: { const: 'default-boxes' },
            featureMaps: {
              type: 'array',
              description: 'Height and width of each feature map.',
              items: {
                type: 'array',
                items: [{ $ref: '#/definitions/count' }, { $ref: '#/definitions/count' }],
                minItems: 2,
                additionalItems: false,
              },
            },
            aspectRatios: { type: 'array', items: { type: 'array', items: { $ref: '#/definitions/positive' } } },
            scales: { type: 'array', items: { $ref: '#/definitions/positive' } },
            steps: { type: 'array', items: { $ref: '#/definitions/positive' } },
            clip: { type: 'boolean' },
          },
        },
      ],
    },
    head: {
      description: 'Which head reads the raw outputs, and with which options.',
      oneOf: [
        { $ref: '#/definitions/ssd' },
        { $ref: '#/definitions/yolox' },
        { $ref: '#/definitions/yolov8' },
        { $ref: '#/definitions/nanodet' },
        { $ref: '#/definitions/fastestdet' },
        { $ref: '#/definitions/centernet' },
        { $ref: '#/definitions/classifier' },
      ],
    },
    ssd: {
      type: 'object',
      description: 'Anchors with class scores and coded boxes, as torchvision and TF object detection have them.',
      additionalProperties: false,
      required: ['type', 'outputs', 'activation', 'background', 'boxEncoding'],
      properties: {
        type: { const: 'ssd' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['scores', 'boxes'],
          properties: { scores: { $ref: '#/definitions/name' }, boxes: { $ref: '#/definitions/name' } },
        },
        activation: { $ref: '#/definitions/activation' },
        background: { type: 'boolean', description: 'Column 0 of the scores is the background.' },
        boxEncoding: { $ref: '#/definitions/boxEncoding' },
        anchors: { $ref: '#/definitions/anchors' },
        scoreThreshold: {
          $ref: '#/definitions/score',
          description: 'Class scores at or below this are dropped before suppression.',
        },
        iouThreshold: {
          $ref: '#/definitions/score',
          description: 'Boxes of one class that overlap more than this are suppressed.',
        },
        maxCandidates: { $ref: '#/definitions/count', description: 'Candidates per class before suppression.' },
        maxDetections: { $ref: '#/definitions/count', description: 'Detections per image after suppression.' },
        duplicates: { $ref: '#/definitions/duplicates' },
        minScore: { $ref: '#/definitions/score', description: 'Detections below this are left out after suppression.' },
      },
    },
    yolox: {
      type: 'object',
      description: 'One output [n, anchors, 5 + classes] over grids of several strides.',
      additionalProperties: false,
      required: ['type', 'outputs', 'strides'],
      properties: {
        type: { const: 'yolox' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['predictions'],
          properties: { predictions: { $ref: '#/definitions/name' } },
        },
        strides: { $ref: '#/definitions/strides' },
        scoreThreshold: {
          $ref: '#/definitions/score',
          description: 'Class scores at or below this are dropped before suppression.',
        },
        iouThreshold: {
          $ref: '#/definitions/score',
          description: 'Boxes of one class that overlap more than this are suppressed.',
        },
        maxCandidates: { $ref: '#/definitions/count', description: 'Candidates per class before suppression.' },
        maxDetections: { $ref: '#/definitions/count', description: 'Detections per image after suppression.' },
        duplicates: { $ref: '#/definitions/duplicates' },
        minScore: { $ref: '#/definitions/score', description: 'Detections below this are left out after suppression.' },
      },
    },
    yolov8: {
      type: 'object',
      description: 'One output [n, 4 + classes, anchors]: cx, cy, w, h in input pixels, then class scores.',
      additionalProperties: false,
      required: ['type', 'outputs'],
      properties: {
        type: { const: 'yolov8' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['predictions'],
          properties: { predictions: { $ref: '#/definitions/name' } },
        },
        activation: {
          enum: ['sigmoid', 'none'],
          description: 'What has to be applied to the scores: none (when absent), where the model ends in its sigmoid.',
        },
        extraRows: {
          type: 'integer',
          minimum: 0,
          description:
            'Rows after the class scores that are left out: none (when absent), or the 32 mask coefficients of a segmentation export.',
        },
        scoreThreshold: {
          $ref: '#/definitions/score',
          description: 'Class scores at or below this are dropped before suppression.',
        },
        iouThreshold: {
          $ref: '#/definitions/score',
          description: 'Boxes of one class that overlap more than this are suppressed.',
        },
        maxCandidates: { $ref: '#/definitions/count', description: 'Candidates per class before suppression.' },
        maxDetections: { $ref: '#/definitions/count', description: 'Detections per image after suppression.' },
        duplicates: { $ref: '#/definitions/duplicates' },
        minScore: { $ref: '#/definitions/score', description: 'Detections below this are left out after suppression.' },
      },
    },
    nanodet: {
      type: 'object',
      description: 'Scores and binned distances, one output of each per stride.',
      additionalProperties: false,
      required: ['type', 'outputs', 'strides'],
      properties: {
        type: { const: 'nanodet' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['scores', 'distances'],
          properties: { scores: { $ref: '#/definitions/names' }, distances: { $ref: '#/definitions/names' } },
        },
        strides: { $ref: '#/definitions/strides' },
        scoreThreshold: {
          $ref: '#/definitions/score',
          description: 'Class scores at or below this are dropped before suppression.',
        },
        iouThreshold: {
          $ref: '#/definitions/score',
          description: 'Boxes of one class that overlap more than this are suppressed.',
        },
        maxCandidates: { $ref: '#/definitions/count', description: 'Candidates per class before suppression.' },
        maxDetections: { $ref: '#/definitions/count', description: 'Detections per image after suppression.' },
        duplicates: { $ref: '#/definitions/duplicates' },
        minScore: { $ref: '#/definitions/score', description: 'Detections below this are left out after suppression.' },
      },
    },
    fastestdet: {
      type: 'object',
      description: 'One output [1, 5 + classes, h, w]: objectness, box, softmax scores.',
      additionalProperties: false,
      required: ['type', 'outputs'],
      properties: {
        type: { const: 'fastestdet' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['predictions'],
          properties: { predictions: { $ref: '#/definitions/name' } },
        },
        scoreThreshold: {
          $ref: '#/definitions/score',
          description: 'Class scores at or below this are dropped before suppression.',
        },
        iouThreshold: {
          $ref: '#/definitions/score',
          description: 'Boxes of one class that overlap more than this are suppressed.',
        },
        maxCandidates: { $ref: '#/definitions/count', description: 'Candidates per class before suppression.' },
        maxDetections: { $ref: '#/definitions/count', description: 'Detections per image after suppression.' },
        duplicates: { $ref: '#/definitions/duplicates' },
        minScore: { $ref: '#/definitions/score', description: 'Detections below this are left out after suppression.' },
      },
    },
    centernet: {
      type: 'object',
      description: 'A class heat map with box sizes at its peaks.',
      additionalProperties: false,
      required: ['type', 'outputs', 'layout', 'activation'],
      properties: {
        type: { const: 'centernet' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['heatmap', 'sizes'],
          properties: {
            heatmap: { $ref: '#/definitions/name' },
            sizes: { $ref: '#/definitions/name' },
            offsets: { $ref: '#/definitions/name' },
          },
        },
        layout: { enum: ['nchw', 'nhwc'], description: 'Order of the dimensions of the outputs.' },
        activation: { enum: ['sigmoid', 'none'], description: 'What has to be applied to the heat map.' },
        boxEncoding: {
          enum: ['size', 'sides'],
          description:
            'What sizes holds: width and height in cells, or the distances to left, top, right, bottom in input pixels.',
        },
        scoreThreshold: {
          $ref: '#/definitions/score',
          description: 'Class scores at or below this are dropped before suppression.',
        },
        iouThreshold: {
          $ref: '#/definitions/score',
          description: 'Boxes of one class that overlap more than this are suppressed.',
        },
        maxCandidates: { $ref: '#/definitions/count', description: 'Candidates per class before suppression.' },
        maxDetections: { $ref: '#/definitions/count', description: 'Detections per image after suppression.' },
        duplicates: { $ref: '#/definitions/duplicates' },
        minScore: { $ref: '#/definitions/score', description: 'Detections below this are left out after suppression.' },
      },
    },
    classifier: {
      type: 'object',
      description: 'One row of class scores for an image.',
      additionalProperties: false,
      required: ['type', 'outputs', 'activation'],
      properties: {
        type: { const: 'classifier' },
        outputs: {
          type: 'object',
          description: 'Names of the raw outputs to read.',
          additionalProperties: false,
          required: ['scores'],
          properties: { scores: { $ref: '#/definitions/name' } },
        },
        activation: { $ref: '#/definitions/activation' },
      },
    },
  },
} as const;
