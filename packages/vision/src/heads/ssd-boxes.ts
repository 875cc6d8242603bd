import type { SsdHeadSpec } from './ssd-schema.ts';

/** Decodes one box: `code` holds four numbers as the model gives them, `box` the anchor, which it
 * overwrites.
 */
export type DecodeBox = (code: Float32Array, box: Float64Array) => void;

const maxLogScale = Math.log(1000 / 16);

/** Decoders of an SSD's boxes, relative to the input like their anchors (`decoded` keeps its
 * units).
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/_utils.py
 * (BoxCoder.decode_single)
 */
export function createBoxDecoder(encoding: SsdHeadSpec['boxEncoding']): DecodeBox {
  if (encoding.type === 'corner-offset') return decodeCornerOffset;
  if (encoding.type === 'decoded') return encoding.format === 'yxyx' ? copyTransposed : copy;
  const [wx, wy, ww, wh] = encoding.weights;
  if (encoding.order === 'xywh') {
    return (code, box) => moveAnchor(box, code[0]! / wx, code[1]! / wy, code[2]! / ww, code[3]! / wh);
  }
  return (code, box) => moveAnchor(box, code[1]! / wy, code[0]! / wx, code[3]! / wh, code[2]! / ww);
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

function decodeCornerOffset(code: Float32Array, box: Float64Array): void {
  const width = box[2]! - box[0]!;
  const height = box[3]! - box[1]!;
  box[0]! += code[0]! * width;
  box[1]! += code[1]! * height;
  box[2]! += code[2]! * width;
  box[3]! += code[3]! * height;
}

function copy(code: Float32Array, box: Float64Array): void {
  box.set(code);
}

function copyTransposed(code: Float32Array, box: Float64Array): void {
  box[0] = code[1]!;
  box[1] = code[0]!;
  box[2] = code[3]!;
  box[3] = code[2]!;
}
