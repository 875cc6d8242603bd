import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onOneLine, splitSql } from '../../src/commands/sql/split-sql.ts';

describe('splitSql(text, dialect)', () => {
  it.each<[string, 'duckdb' | 'spark', readonly string[], string | null]>([
    ['select 1; select 2;', 'duckdb', ['select 1', 'select 2'], null],
    ['select 1; select 2', 'duckdb', ['select 1'], 'select 2'],
    [';; ;', 'duckdb', [], null],
    ['', 'duckdb', [], null],
    ['select 1; -- and no more', 'duckdb', ['select 1'], null],
    ["select ';', 'it''s;'; x", 'duckdb', ["select ';', 'it''s;'"], 'x'],
    ['select ";" from "a;""b"; x', 'duckdb', ['select ";" from "a;""b"'], 'x'],
    ['select 1 -- ; no\n+ 2; x', 'duckdb', ['select 1 -- ; no\n+ 2'], 'x'],
    ['select /* ; /* ; */ ; */ 1; x', 'duckdb', ['select /* ; /* ; */ ; */ 1'], 'x'],
    ['select $$ ; $$, $a$ ; $$ ; $a$; x', 'duckdb', ['select $$ ; $$, $a$ ; $$ ; $a$'], 'x'],
    [String.raw`select e'\';'; x`, 'duckdb', [String.raw`select e'\';'`], 'x'],
    [String.raw`select '\'; x`, 'duckdb', [String.raw`select '\'`], 'x'],
    [String.raw`select 'it\'s;', "a\";"; x`, 'spark', [String.raw`select 'it\'s;', "a\";"`], 'x'],
    ['select `a;b` from t; x', 'spark', ['select `a;b` from t'], 'x'],
    ['select a$1, $1; x', 'duckdb', ['select a$1, $1'], 'x'],
    ["select date';'; x", 'duckdb', ["select date';'"], 'x'],
  ])('%s', (text, dialect, statements, rest) => {
    const split = splitSql(text, dialect);
    expect(split.statements.map((part) => part.text)).toEqual(statements);
    expect(split.rest?.text ?? null).toBe(rest);
    expect(split.isOpen).toBe(false);
  });

  it.each(["select 'a;", 'select "a;', 'select /* ;', 'select $$ ;', 'select 1 /* /* */'])('%s is open', (text) => {
    expect(splitSql(text, 'duckdb')).toMatchObject({ statements: [], isOpen: true, rest: { text } });
  });

  it('says where a statement begins', () => {
    const { statements, rest } = splitSql('select 1;\n\n  select 2; select 3', 'duckdb');
    expect(statements[1]).toEqual({ text: 'select 2', line: 2, column: 2 });
    expect(rest).toEqual({ text: 'select 3', line: 2, column: 12 });
  });

  it('loses nothing but semicolons, space and comments, and cuts again in the same places', () => {
    const word = fc.constantFrom('a', ' ', ';', "'", '"', '--', '\n', '/*', '*/', '$$', '\\');
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom('duckdb' as const, 'spark' as const), (words, dialect) => {
        const text = words.join('');
        const { statements, rest, isOpen } = splitSql(text, dialect);
        const lines = text.split('\n');
        for (const { text: found, line, column } of [...statements, ...(rest ? [rest] : [])]) {
          expect(lines.slice(line).join('\n').slice(column).startsWith(found)).toBe(true);
        }
        if (isOpen) expect(rest).not.toBeNull();
        for (const { text: found } of statements) {
          expect(splitSql(found, dialect)).toMatchObject({ statements: [], isOpen: false, rest: { text: found } });
        }
      }),
    );
  });
});

describe('onOneLine(text, dialect)', () => {
  it('leaves comments and line breaks out', () => {
    expect(onOneLine('select 1, -- one\n  2 /* two */', 'duckdb')).toBe('select 1, 2');
    expect(onOneLine("select 'a  b'", 'duckdb')).toBe("select 'a  b'");
  });

  it('is null where a text has several lines', () => {
    expect(onOneLine("select 'a\nb'", 'duckdb')).toBeNull();
  });
});
