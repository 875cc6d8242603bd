import { readFileSync } from 'node:fs';
import { chdir, cwd } from 'node:process';
import * as aq from 'arquero';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as onnx from '@qualm/inference-onnx';
import * as pipeline from '@qualm/pipeline';
import * as strategies from '@qualm/strategies';
import type { ColumnTable } from 'arquero';
import * as vision from '@qualm/vision';
import { expect, it } from 'vitest';
import * as tables from '../src/index.ts';
import { solid, toySpec, writeToy } from './toy-model.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, example] = readme.split('```ts\n').map((part) => part.split('```')[0]!);
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...code: string[]
) => (scope: object) => Promise<{ readonly ranked: ColumnTable; readonly unsure: ColumnTable }>;

it('the example in the README runs', async () => {
  const { root } = await writeToy();
  await mkdir(join(root, 'models'));
  await writeFile(join(root, 'models', 'yolox-nano.json'), JSON.stringify(toySpec));
  await writeFile(join(root, 'models', toySpec.files.model), readFileSync(join(root, toySpec.files.model)));
  for (const [name, colour] of Object.entries({ a: 255, b: 20 })) {
    await writeFile(join(root, `${name}.jpg`), solid(colour, 0, 0).bytes!);
  }
  const body = example!.replace(/^import .*$/gm, '').replace('await model.dispose();', '');
  const scope = {
    aq,
    vision,
    ...onnx,
    ...pipeline,
    ...strategies,
    ...tables,
  };
  const code = `${body}; await model.dispose(); return { ranked, unsure };`;
  const before = cwd();
  chdir(root);
  try {
    const { ranked: table, unsure } = await new AsyncFunction(`{ ${Object.keys(scope).join(', ')} }`, code)(scope);
    expect(table.array('image')).toEqual(['b.jpg', 'a.jpg']);
    expect(table.columnNames()).toEqual(expect.arrayContaining(['rank', 'margin', 'labels', 'box', 'scores']));
    expect(unsure.array('margin')).toEqual(table.orderby('image').array('margin'));
  } finally {
    chdir(before);
  }
});
