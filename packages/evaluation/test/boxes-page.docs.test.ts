import { readFileSync } from 'node:fs';
import * as types from '@qualm/types';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import * as evaluation from '../src/index.ts';

const page = readFileSync(new URL('../../../docs/boxes.md', import.meta.url), 'utf8');
const [, example] = /```ts\n([^]*?)```/.exec(page)!;

it('the example of docs/boxes.md gives what its comments say', async () => {
  const body = example!.replaceAll(/^import .*$/gm, '').replaceAll(/^(.*); \/\/ (.*)$/gm, 'check($1, $2);');
  const { code } = await transform(body, { loader: 'ts' });
  let numChecks = 0;
  const check = (found: unknown, expected: unknown): void => {
    expect(found).toEqual(expected);
    numChecks++;
  };
  const scope = { ...types, ...evaluation, check };
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(numChecks).toBe(14);
});
