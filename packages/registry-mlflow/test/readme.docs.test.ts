import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { scratchFolder } from './folder-registry.ts';

test('the example of the README is the one that runs here', async () => {
  const read = (file: string): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8');
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${await read('./readme-example.ts')}\`\`\``);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const before = process.cwd();
  process.chdir(await scratchFolder());
  await import('./readme-example.ts');
  expect(log.mock.calls).toEqual([['mlflow:/colour/1', 3, true]]);
  log.mockRestore();
  process.chdir(before);
});
