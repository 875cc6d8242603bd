import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeMeanColour, meanColourSpec } from '@qualm/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileErrors } from './compile-errors.ts';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);
// Below the repository, so that the packages are found as a user's program finds them: built.
const built = join(root, 'tools/workspace/dist');
mkdirSync(built, { recursive: true });
const folder = mkdtempSync(join(built, 'readme-'));
const fileOf = (block: number) => join(folder, `block-${block}.ts`);
const run = async (block: number) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', fileOf(block)], { cwd: folder });

function writeModel(models: string): void {
  writeFileSync(join(models, 'yolox-nano.json'), JSON.stringify(meanColourSpec));
  writeFileSync(join(models, meanColourSpec.files.model), encodeMeanColour());
}

beforeAll(async () => {
  for (const name of ['models', 'photos']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeModel(join(folder, 'models'));
  const colours = { 'a.jpg': { r: 250, g: 0, b: 0 }, 'b.jpg': { r: 128, g: 128, b: 20 } };
  for (const [name, background] of Object.entries(colours)) {
    await sharp({ create: { width: 20, height: 10, channels: 3, background } })
      .jpeg()
      .toFile(join(folder, 'photos', name));
  }
  blocks.forEach((code, block) => writeFileSync(fileOf(block), code));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the TypeScript of the README compiles against the built packages', () => {
  expect(compileErrors(blocks.map((_, block) => fileOf(block)))).toEqual([]);
  expect(blocks).toHaveLength(4);
});

it('the three lines of the README rank the image that two classes share', async () => {
  const { stdout, stderr } = await run(0);
  expect(stderr).toBe('');
  expect(stdout.split('\n').map((line) => line.replace(/^(\S+ )?\S*photos/, '$1photos'))).toEqual([
    '1 photos/b.jpg 0.00',
    expect.stringMatching(/^2 photos\/a\.jpg 0\.\d\d$/),
    'photos/b.jpg red or green?',
    expect.stringMatching(/^photos\/a\.jpg /),
    '',
  ]);
});

it('the stream of the README names the image that two classes share', async () => {
  const { stdout, stderr } = await run(1);
  expect(stderr).toBe('');
  expect(stdout).toBe('b.jpg Box2d(0, 0, 20, 10) 1 or 2?\n');
});

it('the table of the README ranks the smallest margin first', async () => {
  const { stdout, stderr } = await run(2);
  expect(stderr).toBe('');
  expect([...stdout.matchAll(/photos\/\w\.jpg/g)].map(([name]) => name)).toEqual(['photos/b.jpg', 'photos/a.jpg']);
});

it("the README's own strategy gives the numbers in its comments", async () => {
  writeFileSync(fileOf(3), `${blocks[3]}console.log(gini([0.5, 0.5]), gini([1, 0]), gini.order);\n`);
  const { stdout } = await run(3);
  expect(stdout).toBe('0.5 0 descending\n');
});
