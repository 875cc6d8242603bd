import { QualmError } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { queryPlace } from '../../src/commands/sql/query-place.ts';

function placed(text: string, line: number, column: number): string[] {
  const error = new QualmError('query-invalid', `sql: wrong (line ${line}, column ${column})`);
  return (queryPlace(error, text) as Error).message.split('\n');
}

describe('queryPlace(error, text)', () => {
  it('shows the line, and a caret below the place', () => {
    expect(placed('SELECT 1;\nSELECT nonsense', 2, 8)).toEqual([
      'sql: wrong (line 2, column 8)',
      '  2 | SELECT nonsense',
      '    |        ^',
    ]);
  });

  it('counts what a terminal counts: a wide character as two, a tab as one', () => {
    expect(placed("'犬𝒳'\tx", 1, 6).at(-1)).toBe(`    | ${' '.repeat(6)}^`);
    expect(placed("'犬𝒳'\tx", 1, 6).at(-2)).toBe("  1 | '犬𝒳' x");
  });

  it('leaves out how far a line is indented', () => {
    expect(placed('\n   SELECT x', 2, 11).slice(1)).toEqual(['  2 | SELECT x', '    |        ^']);
  });

  it('shows the part of a long line around the place', () => {
    const [, line, caret] = placed(`${'a'.repeat(500)} wrong ${'b'.repeat(500)}`, 1, 502);
    expect(line!.length).toBeLessThan(140);
    expect(line!.slice(caret!.indexOf('^'))).toMatch(/^wrong b+…$/);
  });

  it('leaves alone what names no place of the text, or is another error', () => {
    const others = [new Error('x (line 1, column 1)'), new QualmError('query-invalid', 'x (line 9, column 1)'), 'x'];
    for (const error of others) expect(queryPlace(error, 'SELECT')).toBe(error);
  });
});
