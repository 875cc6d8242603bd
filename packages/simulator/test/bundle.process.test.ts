import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const code = `
import { logisticRegression, simulate } from '@qualm/simulator';
import { margin } from '@qualm/strategies';
const features = Float32Array.from({ length: 40 }, (_, i) => i % 2 + i / 100);
const labels = Array.from({ length: 40 }, (_, i) => i % 2);
const options = { seeds: [1], initial: 4, batchSize: 4, budget: 8, threads: Number(process.argv[2]) };
const { curves } = await simulate({ features, numFeatures: 1 }, labels, logisticRegression(), [margin], options);
console.log(curves.numRows());
`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-bundle-'));
  await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    ...{ bundle: true, platform: 'node', format: 'esm', outfile: join(folder, 'app.mjs') },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (threads: string) => promisify(execFile)(process.execPath, ['app.mjs', threads], { cwd: folder });

it('a bundled simulation runs on the calling thread', async () => {
  expect((await run('0')).stdout).toBe('4\n');
});

it('a bundled simulation in threads says what to do', async () => {
  await expect(run('1')).rejects.toThrow(
    /simulate: the file of its worker thread is not at ".*simulation-worker\.js"; .*run on the calling thread with \{ threads: 0 \}, or leave/,
  );
});
