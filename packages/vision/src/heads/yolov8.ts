import type { AnchorReader, DetectorHead, DetectorSpec, ReaderContext } from '@qualm/types';
import { identity, sigmoid } from './activation.ts';
import { createBoxWriter } from './box-format.ts';
import { createPrototypeMasks } from './prototype-masks.ts';
import { readOutput } from './read-output.ts';
import { recogniseYolov8 } from './recognise/recognise-yolov8.ts';
import { assertOptionsOfTask, predictionsOf } from './yolov8-layout.ts';
import { keypointsAfter, rotatedBoxesOf } from './yolov8-shapes.ts';

const schema = {
  type: 'object',
  description:
    'One output [n, 4 + classes, anchors] or its transpose: cx, cy, w, h, then class scores; of other tasks more rows.',
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
        prototypes: {
          type: 'string',
          minLength: 1,
          description:
            'For the task segment: [n, masks, height, width], or [n, height, width, masks], of which coefficients after the classes make masks.',
        },
      },
    },
    task: {
      enum: ['detect', 'segment', 'pose', 'obb'],
      description: 'What the model was exported for: detect (when absent), masks, key points, or turned boxes (OBB).',
    },
    keypoints: {
      type: 'integer',
      minimum: 1,
      description: 'For the task pose: how many key points each box has, such as the 17 of COCO.',
    },
    activation: {
      enum: ['sigmoid', 'none'],
      description: 'What has to be applied to the scores: none (when absent), where the model ends in its sigmoid.',
    },
    units: {
      enum: ['pixels', 'relative'],
      description:
        'Of boxes and key points: pixels of the input (when absent), or 0..1 of it, as exports to TensorFlow have them.',
    },
    extraRows: {
      type: 'integer',
      minimum: 0,
      description:
        'For the task detect: rows after the class scores that are left out, such as the 32 mask coefficients of a segmentation export; none when absent.',
    },
  },
} as const;

/** What a spec says of a YOLOv8 and what followed it. */
export type Yolov8HeadSpec = DetectorSpec<'yolov8', typeof schema>;

/** YOLOv8, YOLO11, and others whose output has no objectness; with masks, key points or turned
 * boxes where they were exported for those.
 */
export const yolov8: DetectorHead<Yolov8HeadSpec> = {
  type: 'yolov8',
  schema,
  defaults: { iouThreshold: 0.7, maxDetections: 300 },
  createReader(head, context) {
    assertOptionsOfTask(head);
    return createYolov8Reader(head, context);
  },
  recognise: recogniseYolov8,
};

const shapesOfTask = { detect: [], segment: ['mask'], pose: ['keypoints'], obb: ['rotated_box'] } as const;

/** Reads [n, 4 + classes + more, anchors] or [n, anchors, 4 + classes + more]: centre, width and
 * height, then class scores, then what the task has.
 */
function createYolov8Reader(head: Yolov8HeadSpec, { numLabels, size }: ReaderContext): AnchorReader {
  const { predictions: name, prototypes } = head.outputs;
  const { task = 'detect', units = 'pixels', keypoints = 0 } = head;
  const writeBox = createBoxWriter('cxcywh', units, size);
  const scale = units === 'pixels' ? { width: 1, height: 1 } : size;
  const needsSigmoid = head.activation === 'sigmoid';
  const readMasks = task === 'segment' ? createPrototypeMasks('yolov8', prototypes!) : null;
  const after = 4 + numLabels;

  return {
    outputs: readMasks ? [name, prototypes!] : [name],
    shapes: shapesOfTask[task],
    read: (outputs, image) => {
      const row = readOutput('yolov8', outputs, name, image, ['n', '4 + classes', 'anchors']);
      const masks = readMasks?.(outputs, image);
      const predictions = predictionsOf(row, head, numLabels, masks?.counts ?? []);
      const { data, offset, numAnchors, rowStride, anchorStride } = predictions;
      const scores = {
        ...{ data, offset: offset + 4 * rowStride, numAnchors, numClasses: numLabels },
        ...{ anchorStride, classStride: rowStride },
      };
      const rotatedBoxes = task === 'obb' ? rotatedBoxesOf(predictions, after, scale) : null;
      return {
        scores,
        activation: needsSigmoid ? sigmoid : identity,
        raw: [{ output: name, matrix: scores, wanted: needsSigmoid ? 'logits' : 'scores' }],
        readBox(anchor, out, at) {
          if (rotatedBoxes) return rotatedBoxes.readHull(anchor, out, at);
          const from = offset + anchor * anchorStride;
          const [y, width, height] = [from + rowStride, from + 2 * rowStride, from + 3 * rowStride];
          writeBox(data[from]!, data[y]!, data[width]!, data[height]!, out, at);
        },
        ...(masks && { masks: masks.gridOf(predictions, after) }),
        ...(task === 'pose' && { keypoints: keypointsAfter(predictions, after, keypoints, scale) }),
        ...(rotatedBoxes && { rotatedBoxes }),
      };
    },
  };
}
