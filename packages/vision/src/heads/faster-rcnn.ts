import type { AnchorReader, DetectorHead, DetectorSpec, ReaderContext } from '@qualm/types';
import { activationOf, readScores } from './boxes-and-scores.ts';
import { clipBox } from './clip-box.ts';
import { batchOfOne, readOutput } from './read-output.ts';
import { recogniseFasterRcnn } from './recognise/recognise-faster-rcnn.ts';
import { createBoxDecoder } from './ssd-boxes.ts';

const schema = {
  type: 'object',
  description:
    'Proposals, and for each of them class logits and a box for every class, before torchvision suppresses them.',
  additionalProperties: false,
  required: ['outputs'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['logits', 'boxes', 'proposals'],
      properties: {
        logits: { type: 'string', minLength: 1 },
        boxes: { type: 'string', minLength: 1 },
        proposals: { type: 'string', minLength: 1 },
      },
    },
    weights: {
      type: 'array',
      description: 'Of dx, dy, dw, dh; 10, 10, 5, 5 when absent.',
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
} as const;

/** What a spec says of a Faster R-CNN. */
export type FasterRcnnHeadSpec = DetectorSpec<'faster-rcnn', typeof schema>;

/** Faster R-CNN, and the boxes of Mask R-CNN, as torchvision computes them. */
export const fasterRcnn: DetectorHead<FasterRcnnHeadSpec> = {
  type: 'faster-rcnn',
  schema,
  defaults: { iouThreshold: 0.5, maxDetections: 100 },
  createReader: createFasterRcnnReader,
  recognise: recogniseFasterRcnn,
};

/** Sides of boxes that torchvision takes for none. */
const minSide = 0.01;

/** Reads logits [n, proposals, 1 + classes], box codes [n, proposals, 4 * (1 + classes)] and
 * proposals [n, proposals, 4] xyxy in pixels of the input, all of them without n where the model
 * takes one image. Column 0 is the background.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/roi_heads.py
 * (postprocess_detections)
 */
function createFasterRcnnReader(head: FasterRcnnHeadSpec, { numLabels, size }: ReaderContext): AnchorReader {
  const { outputs: names, weights = [10, 10, 5, 5] } = head;
  const decode = createBoxDecoder({ type: 'center-size', order: 'xywh', weights });
  const place = { head: 'faster-rcnn', outputs: { scores: names.logits }, background: 'first' } as const;
  const all = [names.logits, names.boxes, names.proposals];
  const columns = 4 * (numLabels + 1);
  const box = new Float64Array(4);

  return {
    outputs: all,
    read: (given, image) => {
      const outputs = all.every((name) => given[name]?.shape.length === 2) ? batchOfOne(given, all, 3) : given;
      const scores = readScores(place, outputs, image, numLabels);
      const { numAnchors } = scores;
      const codes = readOutput('faster-rcnn', outputs, names.boxes, image, ['n', numAnchors, columns]);
      const proposals = readOutput('faster-rcnn', outputs, names.proposals, image, ['n', numAnchors, 4]);
      return {
        scores,
        activation: activationOf('softmax', 'first', scores),
        raw: [{ output: names.logits, matrix: scores, wanted: 'logits' }],
        hasBoxPerClass: true,
        minSide,
        readBox: (anchor, out, at, classIndex) => {
          const proposal = proposals.offset + 4 * anchor;
          for (let side = 0; side < 4; side++) box[side] = proposals.data[proposal + side]!;
          decode(codes.data, codes.offset + columns * anchor + 4 * (classIndex + 1), box);
          out.set(box, at);
          clipBox(out, at, size);
        },
      };
    },
  };
}
