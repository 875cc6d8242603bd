import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as strategies from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, example] = /```ts\n([^]*?)```/.exec(readme)!;

/** Runs the example and returns the value of each line that states its result. */
function run(code: string): unknown[] {
  const body = code
    .replace(/^import (.*) from .*$/m, 'const $1 = strategies;')
    .replaceAll('!', '')
    .replace(/^(?!const)(.+); \/\/.*$/gm, 'results.push($1);');
  return Function('strategies', `const results = []; ${body}; return results;`)(strategies) as unknown[];
}

it('the example in the README gives what it says', () => {
  expect(run(example!)).toEqual([
    0.25,
    'ascending',
    expect.closeTo(0.6365141682948128, 14),
    expect.closeTo(1, 14),
    Float64Array.of(Math.LN2, 0),
    Float64Array.of(0.25, NaN),
    0.75,
  ]);
});
