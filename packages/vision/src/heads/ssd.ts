import { QualmError } from '@qualm/types';
import type { Activation, AnchorReader, DetectorHead, ScoreMatrix, Size, TensorMap } from '@qualm/types';
import { createSoftmax, identity, sigmoid } from './activation.ts';
import { clipBox } from './clip-box.ts';
import { assertLabels, readOutput } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import { createAnchorSource } from './ssd-anchors.ts';
import { createBoxDecoder } from './ssd-boxes.ts';
import { ssdSchema } from './ssd-schema.ts';
import type { SsdHeadSpec } from './ssd-schema.ts';

/** SSD, of torchvision and of TensorFlow's object detection. */
export const ssd: DetectorHead<SsdHeadSpec> = {
  type: 'ssd',
  schema: ssdSchema,
  defaults: { iouThreshold: 0.45, maxCandidates: 400, maxDetections: 200 },
  createReader: (head, { numLabels, size }) => createSsdReader(head, numLabels, size),
};

/** Reads class scores [n, anchors, (1 +) classes] and boxes [n, anchors, 4] or [n, anchors, 1, 4].
 * Boxes are clipped to the input before suppression, as torchvision's are.
 * @throws QualmError `spec-invalid` when the boxes are coded against anchors and the spec has none.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/ssd.py
 * (postprocess_detections)
 */
function createSsdReader(head: SsdHeadSpec, numLabels: number, size: Size): AnchorReader {
  const decode = createBoxDecoder(head.boxEncoding);
  const anchorsAt = createAnchors(head, size);
  const [scaleX, scaleY] = isInPixels(head) ? [1, 1] : [size.width, size.height];
  const box = new Float64Array(4);

  return {
    outputs: outputNames(head),
    read: (outputs, image) => {
      const scores = readScores(head, outputs, image, numLabels);
      const codes = readBoxes(head.outputs.boxes, outputs, image, scores.numAnchors);
      const readAnchor = anchorsAt?.(outputs, image, scores.numAnchors);
      const wanted = head.activation === 'none' ? 'scores' : 'logits';
      return {
        scores,
        activation: createActivation(head, scores),
        raw: [{ output: head.outputs.scores, matrix: scores, wanted }],
        readBox: (anchor, out, at) => {
          const from = codes.offset + 4 * anchor;
          readAnchor?.(anchor, box);
          decode(codes.data.subarray(from, from + 4), box);
          out[at] = box[0]! * scaleX;
          out[at + 1] = box[1]! * scaleY;
          out[at + 2] = box[2]! * scaleX;
          out[at + 3] = box[3]! * scaleY;
          clipBox(out, at, size);
        },
      };
    },
  };
}

function createAnchors(head: SsdHeadSpec, size: Size): ReturnType<typeof createAnchorSource> | null {
  if (head.boxEncoding.type === 'decoded') return null;
  if (head.anchors !== undefined) return createAnchorSource(head.anchors, size);
  throw new QualmError(
    'spec-invalid',
    `head ssd: boxEncoding "${head.boxEncoding.type}" came without anchors; ` +
      'give head.anchors (an output or a generator), or boxEncoding "decoded"',
  );
}

function isInPixels({ boxEncoding }: SsdHeadSpec): boolean {
  return boxEncoding.type === 'decoded' && boxEncoding.units === 'pixels';
}

function outputNames({ outputs, boxEncoding, anchors }: SsdHeadSpec): string[] {
  const names = [outputs.scores, outputs.boxes];
  return boxEncoding.type !== 'decoded' && anchors && 'output' in anchors ? [...names, anchors.output] : names;
}

function readScores(head: SsdHeadSpec, outputs: TensorMap, image: number, numLabels: number): ScoreMatrix {
  const name = head.outputs.scores;
  const background = head.background ? 1 : 0;
  const { data, offset, shape } = readOutput('ssd', outputs, name, image, ['n', 'anchors', 'classes']);
  assertLabels('ssd', name, shape, shape[2]! - background, numLabels);
  return {
    data,
    offset: offset + background,
    numAnchors: shape[1]!,
    numClasses: numLabels,
    anchorStride: shape[2]!,
    classStride: 1,
  };
}

function readBoxes(name: string, outputs: TensorMap, image: number, numAnchors: number): OutputRow {
  const wanted = outputs[name]?.shape.length === 4 ? ['n', numAnchors, 1, 4] : ['n', numAnchors, 4];
  return readOutput('ssd', outputs, name, image, wanted);
}

function createActivation(head: SsdHeadSpec, scores: ScoreMatrix): Activation {
  if (head.activation === 'softmax') return createSoftmax(scores, head.background);
  return head.activation === 'sigmoid' ? sigmoid : identity;
}
