import { describe, expect, it } from 'vitest';
import { closingLines } from '../../src/commands/sql/closing-lines.ts';
import type { DoneStatement } from '../../src/commands/sql/closing-lines.ts';

const nothing = { predicted: 0, cached: 0, failed: 0, total: null };
const quiet = { timing: false, isTalkative: false };

function done(more: Partial<DoneStatement>): DoneStatement {
  return { printed: null, changed: null, progress: nothing, seconds: 0.0414, ...more };
}

describe('closingLines(done, asked)', () => {
  it('are none where nothing is to be said', () => {
    expect(closingLines(done({ printed: { rows: 3, printed: 3, hidden: [] } }), quiet)).toEqual([]);
  });

  it('say what was not printed', () => {
    expect(closingLines(done({ printed: { rows: 1234, printed: 100, hidden: ['a', 'b'] } }), quiet)).toEqual([
      '1,134 more rows; --limit 1234 prints all',
      'no room for a, b; name fewer columns, or print JSON or CSV',
    ]);
    expect(closingLines(done({ printed: { rows: 2, printed: 1, hidden: [] } }), quiet)).toEqual([
      '1 more row; --limit 2 prints all',
    ]);
  });

  it.each([
    [done({ printed: { rows: 1, printed: 1, hidden: [] } }), '1 row', '1 row in 0.041 s'],
    [done({ changed: 2 }), '2 rows changed', '2 rows changed in 0.041 s'],
    [done({ seconds: 70 }), 'done', 'done in 1 min 10 s'],
    [
      done({ progress: { predicted: 5, failed: 1, cached: 1000, total: null } }),
      'done',
      'done in 0.041 s; 6 images predicted, 1,000 from the cache',
    ],
  ])('%#: say what was done, and how long it took', (statement, talk, timed) => {
    expect(closingLines(statement, { timing: false, isTalkative: true })).toEqual([talk]);
    expect(closingLines(statement, { timing: true, isTalkative: true })).toEqual([timed]);
  });
});
