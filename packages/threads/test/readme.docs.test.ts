import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';

test('the example of the README is the one that runs here', async () => {
  const read = (file: string): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8');
  const readme = await read('../README.md');
  expect(readme).toContain(`\`\`\`ts\n${await read('./readme-example.ts')}\`\`\``);
  expect(readme).toContain(`\`\`\`js\n${await read('./readme-worker.mjs')}\`\`\``);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme-example.ts');
  expect(log.mock.calls).toEqual([[{ exponent: 3 }, 2], [[1, 8, 27]]]);
  log.mockRestore();
});
