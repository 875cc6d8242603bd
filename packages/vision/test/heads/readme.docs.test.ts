import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it("the example of the README's section on heads is the one that runs here", async () => {
  expect(read('../../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme-example.ts');
  expect(log.mock.calls).toEqual([[Int32Array.of(7, 3), Float32Array.of(0.75, 0.25)]]);
  log.mockRestore();
});
