/* The planes of a JPEG, decoded from its one scan. See ITU-T T.81, A.2 and F.2. */

import { reserve } from './arena';
import { bitsTaken, quantisation, readBlock, setQuantisation, startStream, writeSamples } from './block';
import { copyEnd, copyEntropyCoded } from './entropy-stream';
import { buildHuffmanTable, clearBroken, huffmanTable, isBroken } from './huffman-table';

/** One component of the image. */
// @ts-ignore: decorator
@unmanaged
class Plane {
  at: usize;
  /** Bytes from one row to the next. */
  stride: usize;
  /** Blocks of a unit, across and down. */
  across: i32;
  down: i32;
  steps: usize;
  dc: usize;
  ac: usize;
  /** The DC coefficient of the last block. */
  prediction: i32;
}

const planes = memory.data(3 * 32, 16);

/** What a broken unit can read past the end of its stream: ten blocks of 64 coefficients. */
const overrun: usize = 4096;

/** Luma or grey is 0, chroma 1 and 2. */
// @ts-ignore: decorator
@inline
export function plane(index: i32): Plane {
  return changetype<Plane>(planes + <usize>index * offsetof<Plane>());
}

export { setQuantisation, buildHuffmanTable };

/** Says what a component of the frame is made of. */
export function setComponent(index: i32, across: i32, down: i32, steps: i32, dc: i32, ac: i32): void {
  const target = plane(index);
  target.across = across;
  target.down = down;
  target.steps = quantisation(steps);
  target.dc = huffmanTable(false, dc);
  target.ac = huffmanTable(true, ac);
}

/** Decodes the scan whose data starts at `source` into planes of whole units.
 * @param components 1 or 3
 * @param interval units between restart markers, 0 for none
 * @returns whether all of it was sound, down to the marker that ends the image
 */
export function decodeScan(
  source: usize,
  end: usize,
  width: i32,
  height: i32,
  components: i32,
  interval: i32,
): bool {
  const luma = plane(0);
  const unitsAcross = (width + 8 * luma.across - 1) / (8 * luma.across);
  const unitsDown = (height + 8 * luma.down - 1) / (8 * luma.down);
  for (let index = 0; index < components; index++) allocate(plane(index), unitsAcross, unitsDown);
  const stream = reserve(end - source + overrun);
  clearBroken();
  const total = unitsAcross * unitsDown;
  for (let unit = 0, segment = 0; unit < total; segment++) {
    source = copyEntropyCoded(source, end, stream);
    const length = copyEnd - stream;
    const stop = interval ? min(total, unit + interval) : total;
    if (!decodeSegment(stream, length, unit, stop, unitsAcross, components)) return false;
    unit = stop;
    const marker = unit < total ? 0xd0 | (segment & 7) : 0xd9;
    if (source + 1 >= end || load<u8>(source) != 0xff || load<u8>(source + 1) != marker) return false;
    source += 2;
  }
  return true;
}

function allocate(target: Plane, unitsAcross: i32, unitsDown: i32): void {
  target.stride = <usize>(unitsAcross * target.across * 8);
  target.at = reserve(target.stride * <usize>(unitsDown * target.down * 8));
}

function decodeSegment(stream: usize, length: usize, from: i32, to: i32, unitsAcross: i32, components: i32): bool {
  const longest = <i64>length << 3;
  startStream(stream);
  for (let index = 0; index < components; index++) plane(index).prediction = 0;
  let column = from % unitsAcross;
  let row = from / unitsAcross;
  for (let unit = from; unit < to; unit++) {
    for (let index = 0; index < components; index++) decodeUnit(plane(index), column, row);
    if (isBroken || bitsTaken(stream) > longest) return false;
    if (++column == unitsAcross) {
      column = 0;
      row++;
    }
  }
  return longest - bitsTaken(stream) < 8;
}

function decodeUnit(target: Plane, column: i32, row: i32): void {
  const across = target.across;
  const down = target.down;
  const stride = target.stride;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      target.prediction = readBlock(target.dc, target.ac, target.steps, target.prediction);
      const at = target.at + <usize>((row * down + y) * 8) * stride + <usize>((column * across + x) * 8);
      writeSamples(at, stride);
    }
  }
}
