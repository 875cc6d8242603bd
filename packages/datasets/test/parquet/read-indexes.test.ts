import fc from 'fast-check';
import { ByteWriter } from 'hyparquet-writer';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { describe, expect, it } from 'vitest';
import { findRuns, indexAt, readRuns } from '../../src/parquet/read-indexes.ts';

const written = (values: readonly number[], bitWidth: number): Uint8Array => {
  const writer = new ByteWriter();
  writeRleBitPackedHybrid(writer, [...values], bitWidth);
  return new Uint8Array(writer.getBuffer());
};

const readIndexes = (bytes: Uint8Array, bitWidth: number, values: Int32Array): void => {
  readRuns(findRuns(bytes, bitWidth, values.length), values);
};

describe('readRuns(findRuns(bytes, bitWidth, length), values)', () => {
  it('reads what another writer wrote, in runs and packed, of any width, and indexAt each of them', () => {
    const run = fc.tuple(fc.nat(2 ** 16 - 1), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.array(run, { minLength: 1 }), (bitWidth, runs) => {
        const values = runs.flatMap(([value, times]) => new Array<number>(times).fill(value % 2 ** bitWidth));
        const read = new Int32Array(values.length);
        readIndexes(written(values, bitWidth), bitWidth, read);
        expect(Array.from(read)).toEqual(values);
        const found = findRuns(written(values, bitWidth), bitWidth, values.length);
        expect(values.map((_value, place) => indexAt(found, place))).toEqual(values);
      }),
    );
  });

  it.each([
    ['a run', Uint8Array.of(4, 7), [7, 7]],
    // The example of the specification: 0 to 7 in three bits each.
    ['packed bits', Uint8Array.of(3, 0b10001000, 0b11000110, 0b11111010), [0, 1, 2, 3, 4, 5, 6, 7]],
  ])('reads %s as the specification has it', (_name, bytes, values) => {
    const read = new Int32Array(values.length);
    readIndexes(bytes, 3, read);
    expect(Array.from(read)).toEqual(values);
  });

  it.each([
    ['no bytes', Uint8Array.of(), 3, /the bytes end at 0/],
    ['bytes that end in a run of packed bits', Uint8Array.of(3, 1), 3, /2 bytes; expected 4/],
    ['numbers of 25 bits', Uint8Array.of(3, 1), 25, /25 bits; expected at most 24/],
  ])('refuses %s', (_name, bytes, bitWidth, message) => {
    expect(() => {
      readIndexes(bytes, bitWidth, new Int32Array(8));
    }).toThrow(message);
  });
});
