import { readFileSync } from 'node:fs';
import { entropy, margin } from '@qualm/strategies';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import * as simulator from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, example] = /```ts\n([^]*?)```/.exec(readme)!;

it('the example in the README runs', async () => {
  const { code } = await transform(example!.replaceAll(/^import .*$/gm, ''), { loader: 'ts', target: 'es2022' });
  const printed: unknown[][] = [];
  const names = { ...simulator, entropy, margin, console: { log: (...values: unknown[]) => printed.push(values) } };
  await (Function(...Object.keys(names), `return (async () => {${code}})()`)(...Object.values(names)) as Promise<void>);
  expect(printed[0]).toEqual([['strategy', 'seed', 'round', 'labels', 'accuracy'], 0]);
  expect(printed[1]).toEqual([
    [
      ['random', 0],
      ['margin', expect.any(Number)],
      ['entropy', expect.any(Number)],
    ],
  ]);
}, 30_000);
