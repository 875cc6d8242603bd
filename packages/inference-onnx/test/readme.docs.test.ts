import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeOnnxToys } from '@qualm/testkit';

test('the example of the README is the one that runs here', async () => {
  const read = (file: string): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8');
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${await read('./readme-example.ts')}\`\`\``);
  const folder = await mkdtemp(path.join(tmpdir(), 'qualm-onnx-readme-'));
  await writeOnnxToys(folder);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const home = process.cwd();
  process.chdir(folder);
  await import('./readme-example.ts').finally(() => process.chdir(home));
  expect(log.mock.calls).toEqual([
    [[{ name: 'x', dtype: 'float32', shape: [null, 3] }]],
    [[1, 2], Float32Array.of(22.5, 27)],
  ]);
  log.mockRestore();
  await rm(folder, { recursive: true });
});
