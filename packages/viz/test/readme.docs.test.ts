import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { build } from 'esbuild';
import { render } from '../src/index.ts';
import { plain, readBack } from './pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'qualm-viz-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the example of the README draws a picture', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const contents = /```ts\n(.*?)```/s.exec(readme)![1]!;
  writeFileSync(join(folder, 'street.jpg'), await render(plain(160, 120, [90, 90, 90]), [], { format: 'jpeg' }));
  const { outputFiles } = await build({
    stdin: { contents, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['sharp', '@resvg/resvg-js', '@expo-google-fonts/arimo'],
    conditions: ['@qualm/source'],
  });
  const script = join(import.meta.dirname, `../dist/readme-${process.pid}.mjs`);
  writeFileSync(script, outputFiles[0]!.contents);
  try {
    execFileSync(process.execPath, [script], { cwd: folder });
  } finally {
    rmSync(script);
  }
  const { at } = await readBack(readFileSync(join(folder, 'street-boxes.png')));
  expect(at(11, 60)).toEqual([255, 255, 0]);
});
