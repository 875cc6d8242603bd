import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import * as datasets from '@qualm/datasets';
import * as onnx from '@qualm/inference-onnx';
import * as pipeline from '@qualm/pipeline';
import * as selection from '@qualm/selection';
import * as vision from '@qualm/vision';
import { transform } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { toySpec, writeToyModel } from './toy-model.ts';

const page = await readFile(new URL('../../../docs/embeddings.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code!);

const { labels: _labels, scoreKind: _kind, ...unlabelled } = toySpec;
const encoderSpec = {
  ...unlabelled,
  head: { type: 'embedding', outputs: { embedding: 'scores' }, pool: 'mean' },
};

/** The commands of the page, run: photographs of which one is broken, the toy as `yolox-nano.json`
 * and, as an encoder with vectors of three numbers, as `clip.json`.
 */
async function folderAfterCommands(): Promise<string> {
  const folder = await temporaryFolder();
  await writeToyModel(folder);
  await writeFile(join(folder, 'yolox-nano.json'), JSON.stringify(toySpec));
  await writeFile(join(folder, 'clip.json'), JSON.stringify(encoderSpec));
  await writeImages(join(folder, 'photos'), {
    ...{ 'street.jpg': [255, 200, 0], 'like-it.jpg': [255, 190, 0], 'other.jpg': [0, 100, 255] },
  });
  await writeFile(join(folder, 'photos', 'torn.jpg'), 'no picture');
  const lines = blocks('sh').flatMap((block) => block.trim().split('\n'));
  expect(lines).toHaveLength(7);
  for (const line of lines) {
    const [, ...args] = line.replace('features --', 'scores --').split(' ');
    const { code, stderr } = await runCli(args, { cwd: folder });
    expect(code, `${line}: ${stderr}`).toBe(0);
  }
  return folder;
}

it('its specs are specs', () => {
  const specs = blocks('json').map((text) => pipeline.toModelSpec(JSON.parse(text), 'page', { heads: vision.heads }));
  expect(specs.map(({ labels }) => labels)).toEqual([[]]);
});

it('its commands, its SQL and its program run', async () => {
  const folder = await folderAfterCommands();
  const home = cwd();
  chdir(folder);
  onTestFinished(() => chdir(home));

  const connection = await (await DuckDBInstance.create()).connect();
  const [table, ...searches] = blocks('sql').flatMap((block) => block.split(/;\s*(?:\n|$)/).filter(Boolean));
  await connection.run(table!);
  expect(searches).toHaveLength(2);
  for (const search of searches) {
    const reader = await connection.runAndReadAll(search.replaceAll('FLOAT[512]', 'FLOAT[3]'));
    const [itself, next] = reader.getRowsJson();
    expect(itself).toEqual([expect.stringMatching(/street\.jpg$/), expect.closeTo(1, 5)]);
    expect(next![0]).toMatch(/like-it\.jpg$/);
  }
  connection.closeSync();

  const [program] = blocks('ts');
  const { code } = await transform(program!.replaceAll(/^import .*$/gm, ''), { loader: 'ts' });
  const logged: unknown[][] = [];
  const console = { log: (...row: unknown[]) => logged.push(row) };
  const scope = { ...datasets, ...onnx, ...pipeline, ...selection, vision, console };
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as FunctionConstructor;
  const main = new AsyncFunction(`{ ${Object.keys(scope).join(', ')} }`, code) as (given: object) => Promise<void>;
  await main(scope);
  const [numbers, first, ...others] = logged;
  expect(numbers).toEqual([3]);
  expect(first!.slice(1)).toEqual([Infinity, expect.stringMatching(/^the first, .* by marginUncertainty/)]);
  expect(others).toHaveLength(2);
});
