import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from './files.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example of the README is the one that runs here', async () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
  const folder = temporaryFolder();
  await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } }).toFile(
    join(folder, 'street.jpg'),
  );
  const home = process.cwd();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  process.chdir(folder);
  await import('./readme-example.ts').finally(() => process.chdir(home));
  expect(log.mock.calls).toEqual([[true, [8, 3, 416, 416], 0.65, 0.65]]);
  log.mockRestore();
});
