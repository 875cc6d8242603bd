import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { longLines } from './long-lines.ts';

const root = join(import.meta.dirname, '../../..');
const width = 100;
const notOurs = new Set(['node_modules', 'dist', '.git', '.cache', '.nx', 'qualm-out', 'coverage']);

function markdownIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [relative(root, path)] : [];
  });
}

describe('longLines(markdown, width)', () => {
  it.each([
    ['a paragraph', 'one two three', ['one two three']],
    ['an item', '- one two three', ['- one two three']],
    ['a line that fits', 'one two', []],
    ['a code span', '`one two three`', []],
    ['a link', '- [one](two-three)', []],
    ['a picture', '![one two](three)', []],
    ['a table', '| one | two | three |', []],
    ['a block of code', '```sh\none two three\n```', []],
    ['a block of code in an item', '- one\n\n      one two three', []],
  ])('%s', (_, markdown, expected) => {
    expect(longLines(markdown, 10)).toEqual(expected);
  });
});

it.each(markdownIn(root))('%s has no paragraph or item wider than 100 columns', (path) => {
  expect(longLines(readFileSync(join(root, path), 'utf8'), width)).toEqual([]);
});
