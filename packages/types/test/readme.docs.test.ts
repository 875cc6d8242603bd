import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import * as types from '../src/index.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const example = /```ts\n([^]*?)```/.exec(readme)![1]!;

it('the example of the README gives what its comments say', async () => {
  const lines = example.replace(/^import .*$/m, '').matchAll(/^(.*;) \/\/ (.*)$/gm);
  const checks = [...lines].map(([, statement, comment]) => [
    statement!,
    comment!.replace(/,.*(?:writes|broken).*$/, ''),
  ]);
  const source = checks.reduce(
    (text, [statement, expected]) => text.replace(statement!, `check(${statement!.replace(/;$/, '')}, ${expected});`),
    example.replace(/^import .*$/m, ''),
  );
  const { code } = await transform(source, { loader: 'ts' });
  const check = (found: unknown, expected: unknown) => expect(found).toEqual(expected);
  new Function(...Object.keys(types), 'check', code)(...Object.values(types), check);
  expect(checks).toHaveLength(6);
});
