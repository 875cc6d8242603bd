import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example of the README is the one that runs here', async () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
  const folder = mkdtempSync(join(tmpdir(), 'qualm-jpeg-'));
  await sharp({ create: { width: 64, height: 48, channels: 3, background: 'white' } }).toFile(
    join(folder, 'street.jpg'),
  );
  const home = process.cwd();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  process.chdir(folder);
  await import('./readme-example.ts').finally(() => process.chdir(home));
  expect(log.mock.calls).toEqual([[64, 48, Uint8Array.of(255, 255, 255, 255)]]);
  log.mockRestore();
  rmSync(folder, { recursive: true });
});
