import { readFileSync } from 'node:fs';
import { chdir, cwd } from 'node:process';
import { expect, it } from 'vitest';
import * as functions from '../src/index.ts';
import { answersOf, runWorker, workerProject } from './run-worker.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...code: string[]
) => (scope: object) => Promise<void>;

it('the example in the README gives what it says', async () => {
  const example = readme.split('```ts\n')[1]!.split('```')[0]!;
  const folder = await workerProject();
  const before = cwd();
  chdir(folder);
  const logged: unknown[][] = [];
  const console = { log: (...row: unknown[]) => logged.push(row) };
  try {
    const code = example.replace(/^import .*$/gm, '');
    await new AsyncFunction(`{ ${Object.keys(functions).join(', ')}, console }`, code)({ ...functions, console });
  } finally {
    chdir(before);
  }
  expect(logged).toEqual([
    ['1', 20, 1, null],
    ['2', null, undefined, 'image-missing'],
  ]);
});

it('the command in the README answers its request', async () => {
  const request = /printf '(.*)\\n' \| npx qualm-worker/.exec(readme)![1]!;
  const { code, stdout } = await runWorker(await workerProject(), ['--measure', 'margin'], `${request}\n`);
  expect(code).toBe(0);
  expect(answersOf(stdout)).toMatchObject([{ id: '1', image: 'red.png', width: 20, height: 10 }]);
});
