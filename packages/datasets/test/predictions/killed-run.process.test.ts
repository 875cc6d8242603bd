import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const program = join(import.meta.dirname, 'writer-process.js');
const rows = 400;

async function run(folder: string, form: string, killAfter: number | null): Promise<number | null> {
  const child = spawn(process.execPath, [program, folder, form, String(rows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  if (killAfter !== null) {
    await Promise.race([once(child.stdout, 'data').then(() => sleep(killAfter)), ended]);
    child.kill('SIGKILL');
  }
  return (await ended)[0];
}

async function contents(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
  return new Map(await Promise.all(files));
}

it.each(['detections', 'class_scores'])(
  'a run of %s that is killed five times and resumed ends in the bytes of an undisturbed one',
  async (form) => {
    const [calm, killed] = [await temporaryFolder(), await temporaryFolder()];
    expect(await run(calm, form, null)).toBe(0);
    for (let time = 0; time < 5; time++) await run(killed, form, Math.random() * 120);
    expect(await run(killed, form, null)).toBe(0);
    expect(await contents(killed)).toEqual(await contents(calm));
  },
);
