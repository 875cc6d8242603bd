import { crc32, deflateSync } from 'node:zlib';
import { assertWhole, Image } from '@qualm/types';
import { assertColour } from './mean-colour.ts';

/** An image of one colour as a PNG in memory: red, green and blue, 0..255 each, and 20 x 10 pixels
 * unless said otherwise.
 * @throws RangeError for anything else.
 * @example solidImage(255, 0, 0) // a red image
 */
export function solidImage(red: number, green: number, blue: number, width = 20, height = 10): Image {
  const colour = [red, green, blue];
  assertColour('solidImage', colour);
  assertWhole('solidImage', 'its width', width, 1);
  assertWhole('solidImage', 'its height', height, 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits of each of three channels.
  header.set([8, 2, 0, 0, 0], 8);
  // A row begins with its filter, 0 for none.
  const row = Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Image.fromBytes(Buffer.concat([signature, ...chunks]));
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
