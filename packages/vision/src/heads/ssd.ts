import { QualmError } from '@qualm/types';
import type { AnchorReader, DetectorHead, ReaderContext, TensorMap } from '@qualm/types';
import { activationOf, createPairReader, readScores } from './boxes-and-scores.ts';
import type { BoxesAndScores } from './boxes-and-scores.ts';
import { clipBox } from './clip-box.ts';
import { readOutput } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import { createAnchorSource } from './ssd-anchors.ts';
import { createBoxDecoder } from './ssd-boxes.ts';
import type { BoxCoding } from './ssd-boxes.ts';
import { ssdSchema } from './ssd-schema.ts';
import type { AnchorSpec, SsdHeadSpec } from './ssd-schema.ts';
import { recogniseSsd } from './recognise/recognise-ssd.ts';
import { recogniseTorchvision } from './recognise/recognise-torchvision.ts';

/** SSD and RetinaNet of torchvision, and SSD of TensorFlow's object detection. */
export const ssd: DetectorHead<SsdHeadSpec> = {
  type: 'ssd',
  schema: ssdSchema,
  defaults: { iouThreshold: 0.45, maxCandidates: 400, maxDetections: 200 },
  createReader: (head, context) => {
    const { boxEncoding } = head;
    const place = placeOf(head);
    if (boxEncoding.type !== 'decoded') return createAnchorCodeReader(head, boxEncoding, place, context);
    const { format, units = 'relative' } = boxEncoding;
    return createPairReader({ ...place, format, units, clip: true }, context);
  },
  recognise: (facts) => [...recogniseSsd(facts), ...recogniseTorchvision(facts)],
};

type Place = Pick<BoxesAndScores, 'head' | 'outputs' | 'activation' | 'background'>;

function placeOf({ outputs, activation, background }: SsdHeadSpec): Place {
  return { head: 'ssd', outputs, activation, background: background ? 'first' : 'none' };
}

/** Reads class scores [n, anchors, (1 +) classes] and boxes [n, anchors, 4] or [n, anchors, 1, 4]
 * coded against anchors. Boxes are clipped to the input before suppression, as torchvision's are.
 * @throws QualmError `spec-invalid` when the spec has no anchors.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/ssd.py
 * (postprocess_detections)
 */
function createAnchorCodeReader(
  { outputs: names, anchors }: SsdHeadSpec,
  coding: BoxCoding,
  place: Place,
  { numLabels, size }: ReaderContext,
): AnchorReader {
  assertAnchors(anchors, coding);
  const decode = createBoxDecoder(coding);
  const anchorsAt = createAnchorSource(anchors, size);
  const { activation, background } = place;
  const wanted = activation === 'none' ? 'scores' : 'logits';
  const box = new Float64Array(4);

  return {
    outputs: [names.scores, names.boxes, ...('output' in anchors ? [anchors.output] : [])],
    read: (outputs, image) => {
      const scores = readScores(place, outputs, image, numLabels);
      const codes = readCodes(names.boxes, outputs, image, scores.numAnchors);
      const readAnchor = anchorsAt(outputs, image, scores.numAnchors);
      return {
        scores,
        activation: activationOf(activation, background, scores),
        raw: [{ output: names.scores, matrix: scores, wanted }],
        readBox: (anchor, out, at) => {
          readAnchor(anchor, box);
          decode(codes.data, codes.offset + 4 * anchor, box);
          out[at] = box[0]! * size.width;
          out[at + 1] = box[1]! * size.height;
          out[at + 2] = box[2]! * size.width;
          out[at + 3] = box[3]! * size.height;
          clipBox(out, at, size);
        },
      };
    },
  };
}

function assertAnchors(anchors: AnchorSpec | undefined, { type }: BoxCoding): asserts anchors is AnchorSpec {
  if (anchors !== undefined) return;
  throw new QualmError(
    'spec-invalid',
    `head ssd: boxEncoding "${type}" came without anchors; ` +
      'give head.anchors (an output or a generator), or boxEncoding "decoded"',
  );
}

function readCodes(name: string, outputs: TensorMap, image: number, numAnchors: number): OutputRow {
  const wanted = outputs[name]?.shape.length === 4 ? ['n', numAnchors, 1, 4] : ['n', numAnchors, 4];
  return readOutput('ssd', outputs, name, image, wanted);
}
