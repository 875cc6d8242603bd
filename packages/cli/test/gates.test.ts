import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertGates, parseGate } from '../src/output/gates.ts';
import { GateError } from '../src/terminal/exit-code.ts';

const holds = (text: string, counts: { images: number; failed: number; boxes: number }): boolean => {
  try {
    assertGates({ failOn: parseGate(text) }, { ...counts, warned: 0 });
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(GateError);
    return true;
  }
};

describe('parseGate(text)', () => {
  it.each([
    ['failed>5%', { count: 'failed', sign: '>', value: 5, percent: true }],
    [' boxes < 1.5 ', { count: 'boxes', sign: '<', value: 1.5, percent: false }],
  ])('%j', (text, gate) => {
    expect(parseGate(text)).toMatchObject(gate);
  });

  it.each(['', 'failed', 'failed>', 'failed>=1', 'failed>-1', 'rows>1', 'failed>1e3', 'failed>5%%'])(
    '%j is none',
    (text) => {
      expect(() => parseGate(text)).toThrow('expected a condition');
    },
  );
});

describe('assertGates(options, counts)', () => {
  it.each([
    ['failed>0', { images: 4, failed: 0, boxes: 0 }, false],
    ['failed>0', { images: 4, failed: 1, boxes: 0 }, true],
    ['failed>25%', { images: 4, failed: 1, boxes: 0 }, false],
    ['failed>24.9%', { images: 4, failed: 1, boxes: 0 }, true],
    ['boxes<1', { images: 4, failed: 0, boxes: 0 }, true],
    ['failed>0%', { images: 0, failed: 0, boxes: 0 }, false],
  ])('%s of %j: %s', (text, counts, expected) => {
    expect(holds(text, counts)).toBe(expected);
  });

  it('a gate above and one below the same number never hold together', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (failed, value, images) => {
        const counts = { images, failed, boxes: 0 };
        expect(holds(`failed>${value}`, counts) && holds(`failed<${value}`, counts)).toBe(false);
        expect(holds(`failed>${value}`, counts) || holds(`failed<${value}`, counts)).toBe(failed !== value);
      }),
    );
  });
});
