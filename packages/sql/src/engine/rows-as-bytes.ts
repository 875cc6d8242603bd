import type { BoxShapeArrays } from '@qualm/types';
import type { ImageRows } from './image-rows.ts';

const version = 2;
/** Numbers of the head: version, boxes, classes, key points of a box, bytes of masks (-1 without
 * masks), and whether there are turned boxes.
 */
const headLength = 6;

/** Rows as the cache on disk holds them: a head, then boxes, scores and label ids, then what stands
 * beside boxes, little-endian as all machines are that Node runs on.
 */
export function encodeRows({ boxes, scores, labelIds, numClasses, shapes }: ImageRows): Uint8Array {
  const { masks, keypoints, rotatedBoxes } = shapes ?? {};
  const maskBytes = masks ? masks.counts.length : -1;
  const head = [version, boxes.length / 4, numClasses, keypoints?.numPoints ?? 0, maskBytes, rotatedBoxes ? 1 : 0];
  const beside = [keypoints?.values, rotatedBoxes, masks?.offsets, masks?.sizes, masks?.counts];
  const parts = [Int32Array.from(head), boxes, scores, labelIds, ...beside.filter((part) => part !== undefined)];
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** Undefined for what another version wrote, or what is cut. */
export function decodeRows(stored: Uint8Array): ImageRows | undefined {
  const { buffer } = stored.slice();
  if (buffer.byteLength < 4 * headLength) return undefined;
  const [written, length, numClasses, numPoints, maskBytes, isTurned] = new Int32Array(
    buffer,
    0,
    headLength,
  ) as unknown as Head;
  if (written !== version || length < 0) return undefined;
  const cells = length * Math.max(numClasses, 1);
  const ofMasks = maskBytes < 0 ? 0 : 4 * (3 * length + 1) + maskBytes;
  const numbers = 4 * length + 2 * cells + 3 * numPoints * length + 5 * isTurned * length;
  if (buffer.byteLength !== 4 * (headLength + numbers) + ofMasks) return undefined;
  let at = 4 * headLength;
  const take = <T>(make: new (buffer: ArrayBuffer, from: number, length: number) => T, count: number): T => {
    const part = new make(buffer, at, count);
    at += 4 * count;
    return part;
  };
  const rows = {
    boxes: take(Float32Array, 4 * length),
    scores: take(Float32Array, cells),
    labelIds: take(Int32Array, cells),
    numClasses,
  };
  const shapes: BoxShapeArrays = {
    ...(numPoints > 0 && { keypoints: { values: take(Float32Array, 3 * numPoints * length), numPoints } }),
    ...(isTurned === 1 && { rotatedBoxes: take(Float32Array, 5 * length) }),
    ...(maskBytes >= 0 && {
      masks: {
        offsets: take(Uint32Array, length + 1),
        sizes: take(Uint32Array, 2 * length),
        counts: take(Uint8Array, maskBytes),
      },
    }),
  };
  return Object.keys(shapes).length === 0 ? rows : { ...rows, shapes };
}

type Head = readonly [
  written: number,
  length: number,
  numClasses: number,
  numPoints: number,
  maskBytes: number,
  isTurned: number,
];
