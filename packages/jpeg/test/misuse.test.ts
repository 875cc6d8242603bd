import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as jpeg from '../src/index.ts';
import { fixture } from './pillow.ts';

const memory = new WebAssembly.Memory({ initial: 1 });
const calls: Readonly<Record<string, readonly Place[]>> = {
  decodeJpeg: [place(fixture('rgb.jpg')), place(memory), place({}, 'undefined', 'object')],
};

describe.each(functionsOf(jpeg))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

const decoded = jpeg.decodeJpeg(fixture('rgb.jpg'), memory)!;

it.each<[string, () => unknown, string]>([
  ['a path', () => jpeg.decodeJpeg('a.jpg' as never, memory), 'decodeJpeg: its bytes are a.jpg; expected a Uint8Array'],
  [
    'a shared memory',
    () =>
      jpeg.decodeJpeg(fixture('rgb.jpg'), new WebAssembly.Memory({ initial: 1, maximum: 9, shared: true }) as never),
    'expected a WebAssembly.Memory that is not shared',
  ],
  [
    'bytes where the tables are',
    () => jpeg.decodeJpeg(copied(100), memory),
    'decodeJpeg: its bytes start at 100; expected an address from 65536 on',
  ],
  [
    'maxPixels: -1',
    () => jpeg.decodeJpeg(fixture('rgb.jpg'), memory, { maxPixels: -1 }),
    'decodeJpeg: maxPixels is -1; expected a number from 0',
  ],
  [
    'rows written over the planes',
    () => decoded.writeRows(decoded.end - 1, 0, 1),
    `writeRows: at is ${decoded.end - 1}; expected an address from ${decoded.end} on`,
  ],
  [
    'a row too many',
    () => decoded.writeRows(decoded.end, 0, 25),
    'writeRows: rows are 0 to 25; expected rows from 0 to 24',
  ],
])('%s is refused, with what is wanted', (_, call, message) => {
  expect(call).toThrow(RangeError);
  expect(call).toThrow(message);
});

/** The photograph at an address of the memory. */
function copied(at: number): Uint8Array {
  const photo = fixture('rgb.jpg');
  const bytes = new Uint8Array(memory.buffer, at, photo.length);
  bytes.set(photo);
  return bytes;
}
