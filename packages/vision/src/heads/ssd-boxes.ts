import type { SsdHeadSpec } from './ssd-schema.ts';

/** Decodes one box: `codes` holds from `at` on four numbers as the model gives them, `box` the
 * anchor, which it overwrites.
 */
export type DecodeBox = (codes: Float32Array, at: number, box: Float64Array) => void;

const maxLogScale = Math.log(1000 / 16);

/** How boxes are coded against anchors. */
export type BoxCoding = Exclude<SsdHeadSpec['boxEncoding'], { type: 'decoded' }>;

/** Decoders of boxes that are coded against anchors, in the units of those.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/_utils.py
 * (BoxCoder.decode_single)
 */
export function createBoxDecoder(encoding: BoxCoding): DecodeBox {
  if (encoding.type === 'corner-offset') return decodeCornerOffset;
  const [wx, wy, ww, wh] = encoding.weights;
  if (encoding.order === 'xywh') {
    return (codes, at, box) =>
      moveAnchor(box, codes[at]! / wx, codes[at + 1]! / wy, codes[at + 2]! / ww, codes[at + 3]! / wh);
  }
  return (codes, at, box) =>
    moveAnchor(box, codes[at + 1]! / wy, codes[at]! / wx, codes[at + 3]! / wh, codes[at + 2]! / ww);
}

function moveAnchor(box: Float64Array, dx: number, dy: number, dw: number, dh: number): void {
  const width = box[2]! - box[0]!;
  const height = box[3]! - box[1]!;
  const x = box[0]! + width / 2 + dx * width;
  const y = box[1]! + height / 2 + dy * height;
  const halfWidth = (Math.exp(Math.min(dw, maxLogScale)) * width) / 2;
  const halfHeight = (Math.exp(Math.min(dh, maxLogScale)) * height) / 2;
  box[0] = x - halfWidth;
  box[1] = y - halfHeight;
  box[2] = x + halfWidth;
  box[3] = y + halfHeight;
}

function decodeCornerOffset(codes: Float32Array, at: number, box: Float64Array): void {
  const width = box[2]! - box[0]!;
  const height = box[3]! - box[1]!;
  box[0]! += codes[at]! * width;
  box[1]! += codes[at + 1]! * height;
  box[2]! += codes[at + 2]! * width;
  box[3]! += codes[at + 3]! * height;
}
