import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRivalOf, mostRivals, readRivals, readRivalsOf, rivalsText } from '../src/rivals-text.ts';

const rival = fc.record({
  label: fc.nat(2000),
  score: fc.nat(10_000).map((parts) => parts / 1e4),
});
const boxes = fc.array(fc.array(rival, { maxLength: 6 }), { maxLength: 9 });

describe('rivalsText(boxes)', () => {
  it('is read as it was written, box by box', () => {
    fc.assert(
      fc.property(boxes, (written) => {
        const text = rivalsText(written);
        if (text === null) return written.every((rivals) => rivals.length === 0);
        expect(readRivals(text)).toEqual(written);
        expect(written.map((_, box) => readRivalsOf(text, box))).toEqual(written);
        expect(written.map((_, box) => firstRivalOf(text, box))).toEqual(written.map(([first = null]) => first));
        return mostRivals(text) === Math.max(...written.map(({ length }) => length));
      }),
    );
  });

  it('is as it says, and has nothing of a box that it does not have', () => {
    const text = rivalsText([
      [
        { label: 7, score: 0.34 },
        { label: 11, score: 0.2 },
      ],
      [{ label: 3, score: 0.1 }],
    ])!;
    expect(text).toBe('7 0.34 11 0.2|3 0.1');
    expect([readRivalsOf(text, 2), readRivalsOf('', 0)]).toEqual([[], []]);
    expect([firstRivalOf(text, 2), firstRivalOf('', 0)]).toEqual([null, null]);
  });
});
