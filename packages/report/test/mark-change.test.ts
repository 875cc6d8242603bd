import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChanges as readChangesOf } from '../src/kept/kept-kind.ts';
import { applyChange, changeBetween, markKind } from '../src/mark-change.ts';
import { readMark } from '../src/selection.ts';
import type { Mark } from '../src/selection.ts';

const readChanges = (value: unknown): unknown => readChangesOf(markKind, value);

describe('readMark(value)', () => {
  it.each<[unknown, Mark | null]>([
    [
      { verdict: 'accept', tags: [] },
      { verdict: 'accept', tags: [] },
    ],
    [
      { verdict: 'burn', tags: ['b', ' a ', 'b', '', 7] },
      { verdict: null, tags: ['a', 'b'] },
    ],
    [{ tags: ['x'.repeat(999)] }, { verdict: null, tags: ['x'.repeat(60)] }],
    [{ verdict: null, tags: 'abc' }, null],
    [null, null],
    ['accept', null],
  ])('%j is %j', (value, expected) => expect(readMark(value)).toEqual(expected));
});

describe('applyChange(mark, change)', () => {
  const verdict = fc.constantFrom('accept' as const, 'reject' as const, null);
  const mark = fc
    .record({ verdict, tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')) })
    .map((value) => readMark(value));

  it('of the change between two marks leads from the one to the other', () => {
    fc.assert(
      fc.property(mark, mark, (one, two) => {
        expect(applyChange(one, changeBetween(one, two))).toEqual({ value: two, isBehind: false });
        const named = { id: 'a', ...changeBetween(one, two) };
        expect(readChanges(JSON.parse(JSON.stringify({ changes: [named] })))).toEqual([named]);
      }),
    );
  });

  it('of two changes keeps both, in either order, unless both change the verdict', () => {
    fc.assert(
      fc.property(mark, mark, mark, (from, one, two) => {
        const [first, second] = [changeBetween(from, one), changeBetween(from, two)];
        const [there, back] = [
          applyChange(applyChange(from, first).value, second),
          applyChange(applyChange(from, second).value, first),
        ];
        const bothVerdicts = first.verdict && second.verdict && first.verdict.to !== second.verdict.to;
        expect(there.isBehind).toBe(Boolean(bothVerdicts));
        if (!bothVerdicts) expect(back).toEqual(there);
      }),
    );
  });

  it.each([
    null,
    7,
    { tags: { add: [], remove: [] } },
    { id: 7, verdict: { from: null, to: 'accept' } },
    { id: 'a', verdict: 'accept' },
    { id: 'a', verdict: { from: 'burn', to: null } },
    { id: 'a', verdict: { from: null } },
    { id: 'a', tags: ['a'] },
    { id: 'a', tags: { add: [7], remove: [] } },
    { id: 'a', tags: { add: ['a'] } },
  ])('%j is no change of a cell, and those beside it do not count', (bad) => {
    const good = { id: 'a', verdict: { from: null, to: 'accept' } };
    expect(readChanges({ changes: [good] })).toEqual([good]);
    expect(readChanges({ changes: [good, bad] })).toBeNull();
  });

  it.each([null, 7, 'text', {}, [], { changes: {} }, { changes: 'abc' }, { id: 'a', verdict: null }])(
    '%j is no list of changes',
    (value) => expect(readChanges(value)).toBeNull(),
  );
});
