/** Ends runs at random moments and goes on with them:
 * `npx tsx integration/src/kill-runs.ts [kills] [seed]`, 100 and 1 by default. Each run is ended
 * one to three times (SIGKILL, SIGTERM, SIGINT), then resumed to its end; its files must be those
 * of a run that nothing disturbed. Then a stale lock is fought for by three processes at once, in
 * 40 rounds: one may have it. Ends with 1 when anything differs.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeMeanColourProject } from './write-mean-colour-project.ts';

const [kills = 100, seed = 1] = process.argv.slice(2).map(Number);
const numImages = 150;
const numLockRounds = 40;
const bin = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));
const lockModule = new URL('../../packages/datasets/dist/files/lock-folder.js', import.meta.url).href;
const random = createRandom(seed);
const project = await mkdtemp(join(tmpdir(), 'qualm-kills-'));

try {
  await writeMeanColourProject(project, numImages);
  const began = performance.now();
  await end(start('calm'));
  const duration = performance.now() - began;
  const calm = await contents('calm');
  const outcomes: Record<string, number> = {};
  let wrong = 0;
  for (let done = 0; done < kills;) {
    await rm(join(project, 'out'), { recursive: true, force: true });
    for (let times = 1 + Math.floor(3 * random()); times > 0 && done < kills; times--) {
      const outcome = await disturb(duration * random());
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      done++;
    }
    const code = await end(start('out'));
    const same = JSON.stringify(await contents('out')) === JSON.stringify(calm);
    if (code === 0 && same) continue;
    wrong++;
    console.error(`after ${done} kills: exit code ${code}, files ${same ? 'equal' : 'differ'}`);
  }
  const shared = await lockRounds();
  console.log(JSON.stringify({ kills, seed, outcomes, wrong, lockRounds: numLockRounds, sharedLocks: shared }));
  process.exitCode = wrong + shared > 0 ? 1 : 0;
} finally {
  await rm(project, { recursive: true, force: true });
}

function start(out: string): ChildProcess {
  const args = [
    'predict',
    '--images',
    'photos',
    '--model',
    'model.json',
    '--shard-rows',
    '16',
    '--resume',
    '--out',
    out,
  ];
  return spawn(process.execPath, [bin, ...args], { cwd: project, stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<number | string> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? signal!;
}

async function disturb(after: number): Promise<string> {
  const signal = (['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT'] as const)[Math.floor(4 * random())]!;
  const child = start('out');
  const ended = end(child);
  await Promise.race([sleep(after), ended]);
  child.kill(signal);
  return `${signal}: ${await ended}`;
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(join(project, folder))).sort();
  const read = names.map(async (name) => [name, (await readFile(join(project, folder, name))).toString('base64')]);
  return Object.fromEntries((await Promise.all(read)) as [string, string][]);
}

/** Rounds in which not exactly one of three processes had the lock. */
async function lockRounds(): Promise<number> {
  const program = `const { lockFolder } = await import(${JSON.stringify(lockModule)});
    await lockFolder(process.argv[1]).then(() => process.stdout.write('taken'), () => undefined);
    process.stdin.resume();`;
  let shared = 0;
  for (let round = 0; round < numLockRounds; round++) {
    const folder = join(project, `lock-${round}`);
    await mkdir(folder);
    await writeFile(join(folder, '_qualm.lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), start: '1' }));
    const children = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program, folder], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const said = children.map(async (child) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
      await once(child, 'exit');
      return text;
    });
    await sleep(700);
    for (const child of children) child.stdin.end();
    const taken = (await Promise.all(said)).filter((text) => text === 'taken').length;
    if (taken !== 1) shared++;
  }
  return shared;
}

/** @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
