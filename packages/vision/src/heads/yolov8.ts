import type { AnchorReader, DetectorHead, DetectorSpec } from '@qualm/types';
import { identity, sigmoid } from './activation.ts';
import { knownExtraRows, knownLayout } from './known-layout.ts';
import { assertLabels, mismatch, readOutput } from './read-output.ts';
import { writeCenteredBox } from './write-centered-box.ts';

const schema = {
  type: 'object',
  description: 'One output [n, 4 + classes, anchors]: cx, cy, w, h in input pixels, then class scores.',
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
  },
} as const;

/** What a spec says of a YOLOv8 and what followed it. */
export type Yolov8HeadSpec = DetectorSpec<'yolov8', typeof schema>;

/** YOLOv8, YOLO11, and others whose output has no objectness. */
export const yolov8: DetectorHead<Yolov8HeadSpec> = {
  type: 'yolov8',
  schema,
  defaults: { iouThreshold: 0.7, maxDetections: 300 },
  createReader: (head, { numLabels }) => createYolov8Reader(head, numLabels),
};

/** Reads [n, 4 + classes, anchors]: centre, width and height in input pixels, then class scores. */
function createYolov8Reader(head: Yolov8HeadSpec, numLabels: number): AnchorReader {
  const name = head.outputs.predictions;
  const needsSigmoid = head.activation === 'sigmoid';

  return {
    outputs: [name],
    read: (outputs, image) => {
      const { data, offset, shape } = readOutput('yolov8', outputs, name, image, ['n', '4 + classes', 'anchors']);
      const [, , numAnchors] = shape as [number, number, number];
      assertRows(head, shape, numLabels);
      const scores = {
        data,
        offset: offset + 4 * numAnchors,
        numAnchors,
        numClasses: numLabels,
        anchorStride: 1,
        classStride: numAnchors,
      };
      return {
        scores,
        activation: needsSigmoid ? sigmoid : identity,
        raw: [{ output: name, matrix: scores, wanted: needsSigmoid ? 'logits' : 'scores' }],
        readBox: (anchor, out, at) => {
          const from = offset + anchor;
          writeCenteredBox(
            data[from]!,
            data[from + numAnchors]!,
            data[from + 2 * numAnchors]!,
            data[from + 3 * numAnchors]!,
            out,
            at,
          );
        },
      };
    },
  };
}

function assertRows({ outputs, extraRows }: Yolov8HeadSpec, shape: readonly number[], labels: number): void {
  const name = outputs.predictions;
  const rows = shape[1]! - 4;
  const task = extraRows === undefined ? knownExtraRows(rows - labels) : null;
  if (task !== null && knownLayout('yolov8', shape, labels) === null)
    throw mismatch(
      'yolov8',
      `output "${name}" is [${shape}], so ${rows} foreground classes, the spec has ${labels} labels: ${task}`,
    );
  assertLabels('yolov8', name, shape, rows - (extraRows ?? 0), labels);
}
