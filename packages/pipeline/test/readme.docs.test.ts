import { readFileSync } from 'node:fs';
import { chdir, cwd } from 'node:process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as datasets from '@qualm/datasets';
import * as onnx from '@qualm/inference-onnx';
import * as vision from '@qualm/vision';
import { expect, it } from 'vitest';
import * as pipeline from '../src/index.ts';
import { solid, toySpec, writeToy } from './toy-model.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const example = readme.split('```ts\n')[1]!.split('```')[0]!;
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...code: string[]
) => (scope: object) => Promise<void>;

it('the example in the README runs', async () => {
  const { root } = await writeToy();
  await mkdir(join(root, 'models'));
  await mkdir(join(root, 'photos'));
  await writeFile(join(root, 'models', 'yolox-nano.json'), JSON.stringify(toySpec));
  await writeFile(join(root, 'models', toySpec.files.model), readFileSync(join(root, toySpec.files.model)));
  for (const [name, colour] of Object.entries({ a: 255, b: 20 })) {
    await writeFile(join(root, 'photos', `${name}.jpg`), solid(colour, 0, 0).bytes!);
  }
  const code = example.replace(/^import .*$/gm, '').replace("'features'", "'scores'");
  const logged: unknown[][] = [];
  const console = { log: (...row: unknown[]) => logged.push(row) };
  const scope = { vision, ...onnx, ...pipeline, ...datasets, console };
  const before = cwd();
  chdir(root);
  try {
    await new AsyncFunction(`{ ${Object.keys(scope).join(', ')} }`, code)(scope);
  } finally {
    chdir(before);
  }
  const boxes = expect.objectContaining({ length: 1 }) as unknown;
  expect(logged.slice(0, 2)).toEqual([
    ['a.jpg', boxes, null],
    ['b.jpg', boxes, null],
  ]);
  expect(logged[2]).toEqual([{ done: 2, failed: 0, skipped: 0, seconds: expect.any(Number) as unknown }]);
  expect(logged.slice(3)).toEqual([
    ['a.jpg', 3],
    ['b.jpg', 3],
  ]);
});
