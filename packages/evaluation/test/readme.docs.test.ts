import { readFileSync } from 'node:fs';
import * as types from '@qualm/types';
import { expect, it } from 'vitest';
import * as evaluation from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, example] = /```ts\n([^]*?)```/.exec(readme)!;

/** Runs the example and returns the value of each line that states its result. */
function run(code: string): unknown[] {
  const body = code
    .replaceAll(/^import (.*) from '@qualm\/(\w+)';$/gm, 'const $1 = $2;')
    .replace(/^(\w.+\)(?:\.\w+)?); \/\/.*$/gm, 'results.push($1);');
  return Function(
    'evaluation',
    'types',
    `const results = []; ${body}\n return results;`,
  )(evaluation, types) as unknown[];
}

it('the example in the README gives what it says', () => {
  expect(run(example!)).toEqual([
    [{ first: 0, second: 1, iou: 0.6 }],
    [{ first: 0, second: 0, iou: 0.9 }],
    1,
    expect.closeTo(0.025, 14),
  ]);
});
