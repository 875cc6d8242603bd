import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { contents, exampleNames, writeShares, writeWhole } from './share-folders.ts';

const program = join(import.meta.dirname, 'merge-process.js');

const kills = 6;

interface Merged {
  readonly code: number | null;
  /** Milliseconds from the beginning of the merge, not of the process. */
  readonly took: number;
}

async function merge(out: string, shares: readonly string[], killAfter = Infinity): Promise<Merged> {
  const child = spawn(process.execPath, [program, out, ...shares], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await once(child.stdout, 'data');
  const began = performance.now();
  if (killAfter < Infinity) {
    await Promise.race([sleep(killAfter), ended]);
    child.kill('SIGKILL');
  }
  const [code] = await ended;
  return { code, took: performance.now() - began };
}

it('a merge that is killed at any moment leaves nothing or the whole, and the next one takes its place', async () => {
  const folder = await temporaryFolder();
  const run = { names: exampleNames(2000), rowsPerShard: 50 };
  const whole = await contents(await writeWhole(join(folder, 'whole'), run));
  const shares = await writeShares(join(folder, 'shares'), 3, run);
  const out = join(folder, 'out');
  const { code, took } = await merge(out, shares);
  expect(code).toBe(0);
  let killed = 0;
  for (let time = 0; time < kills; time++) {
    await rm(out, { recursive: true, force: true });
    if ((await merge(out, shares, (took * time) / kills)).code !== 0) killed++;
    const found = await readdir(folder);
    if (found.includes('out')) expect(withoutLock(await contents(out))).toEqual(whole);
  }
  expect(killed).toBeGreaterThan(1);
  await rm(out, { recursive: true, force: true });
  expect((await merge(out, shares)).code).toBe(0);
  expect(await contents(out)).toEqual(whole);
  expect((await readdir(folder)).sort()).toEqual(['out', 'shares', 'whole']);
});

/** A process that ends between the rename and the end leaves its lock, which nobody heeds. */
function withoutLock(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].filter(([name]) => name !== '_qualm.lock'));
}
