import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('a bundled report says which file of its page is not there, and what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-bundle-'));
  const contents = `
import { createReport } from '@qualm/report';
createReport([], { labels: ['a'], strategies: [{ name: 'margin', order: 'ascending' }] });`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    ...{ bundle: true, platform: 'node', format: 'esm', outfile: join(folder, 'app.mjs') },
    external: ['sharp', '@resvg/resvg-js'],
  });
  await expect(promisify(execFile)(process.execPath, ['app.mjs'], { cwd: folder })).rejects.toThrow(
    /report: a file of the report's page is not at ".*page\.js"; where a bundler moved the code, leave @qualm\/\* out of the bundle/,
  );
  await rm(folder, { recursive: true });
});
