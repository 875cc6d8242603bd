import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomeOf } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { answersOf, asLines, bin, runWorker, startWorker, workerProject } from './run-worker.ts';

const hasBash = spawnSync('bash', ['--version']).status === 0;
if (!hasBash) console.warn('skipped: pipes of a shell; install bash to test them');

/** So many requests, whose answers fill any pipe. */
function requests(count: number): string {
  return asLines(Array.from({ length: count }, (_, i) => ({ id: `${i} ${'x'.repeat(100)}`, image: 'red.png' })));
}

/** Runs a line of bash in which `$WORKER` is the command. */
async function inBash(line: string, cwd: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { PATH = '' } = process.env;
  const env = { PATH, NODE: process.execPath, BIN: bin };
  const { stdout, stderr } = await outcomeOf(spawn('bash', ['--norc', '-c', line], { cwd, env }));
  return { stdout, stderr };
}

describe('how qualm-worker ends', () => {
  it('a reader that stops reading ends it with 75 after --stall seconds', async () => {
    const folder = await workerProject();
    const child = startWorker(folder, ['--stall', '2']);
    child.stdout.pause();
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    // The input stays open: as of a Spark job that was cancelled.
    child.stdin.write(requests(5000));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(75);
    expect(stderr).toMatch(/^qualm-worker: nobody has read answers for 2 s; ended after \d+\n$/);
  });

  it('a reader that is slow, but reads, gets everything', async () => {
    const folder = await workerProject();
    const child = startWorker(folder, ['--stall', '2']);
    child.stdin.end(requests(600));
    let stdout = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      stdout += String(chunk);
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(answersOf(stdout)).toHaveLength(600);
  });

  it('a reader that leaves ends it with 141', async () => {
    const folder = await workerProject();
    const child = startWorker(folder, []);
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.write(requests(2000));
    expect(((await once(child, 'exit')) as [number])[0]).toBe(141);
  });

  it.skipIf(!hasBash)('`| head -1` gets one line, and no word of a broken pipe', async () => {
    const folder = await workerProject();
    await writeFile(join(folder, 'requests'), requests(2000));
    const line = '"$NODE" "$BIN" --model model < requests | head -1; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = await inBash(line, folder);
    expect(stdout.split('\n').slice(1)).toEqual(['141', '']);
    expect(stderr).toBe('');
  });

  it('SIGTERM ends it with 143, in the middle of its work', async () => {
    const folder = await workerProject();
    const child = startWorker(folder, []);
    child.stdin.write(requests(5000));
    await once(child.stdout, 'data');
    child.stdout.resume();
    child.kill('SIGTERM');
    expect(((await once(child, 'exit')) as [number])[0]).toBe(143);
  });

  it('kill -9 leaves no process behind', async () => {
    const folder = await workerProject();
    const child = startWorker(folder, []);
    child.stdin.write(requests(5000));
    await once(child.stdout, 'data');
    child.stdout.resume();
    const tasks = `/proc/${child.pid}/task/${child.pid}/children`;
    if (existsSync(tasks)) expect(readFileSync(tasks, 'utf8')).toBe('');
    child.kill('SIGKILL');
    expect((await once(child, 'close'))[1]).toBe('SIGKILL');
  });

  it('10,000 lines come back in order, in memory that does not grow with them', { timeout: 400_000 }, async () => {
    const folder = await workerProject();
    const child = startWorker(folder, []);
    child.stdin.end(requests(10_000));
    const [peaks, ids]: [number[], string[]] = [[], []];
    let rest = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop()!;
      ids.push(...lines.map((line) => (JSON.parse(line) as { id: string }).id.split(' ')[0]!));
      if (ids.length > 2000 * (peaks.length + 1)) peaks.push(residentMegabytes(child.pid!));
    }
    expect(ids).toEqual(Array.from({ length: 10_000 }, (_, i) => String(i)));
    if (!peaks.some(Number.isNaN)) expect(Math.max(...peaks) - peaks[0]!).toBeLessThan(80);
  });

  it('modules of users that print, or keep timers, change neither answers nor the end', async () => {
    const folder = await workerProject();
    await writeFile(
      join(folder, 'loud.mjs'),
      `console.log('from a module');
       setInterval(() => {}, 1000);
       export function loud(scores) {
         console.log('a score'); console.info('more'); process.stdout.write('raw\\n');
         return 1 - Math.max(...scores);
       }`,
    );
    const args = ['--measure', './loud.mjs#loud', '--measure', './loud.mjs#loud:max'];
    const { code, stdout, stderr } = await runWorker(folder, args, asLines([{ id: 'a', image: 'red.png' }]));
    expect(code).toBe(0);
    expect(answersOf(stdout)).toMatchObject([{ id: 'a', error: null }]);
    expect(Object.keys(answersOf(stdout)[0]!.measures!)).toEqual(['./loud.mjs#loud', './loud.mjs#loud:max']);
    expect(stderr).toMatch(/from a module[^]*a score[^]*more[^]*raw/);
  });

  it.skipIf(!hasBash || process.platform === 'win32')(
    'what is written to descriptor 1 of a pipe is on stderr too',
    async () => {
      const folder = await workerProject();
      const module = `import { writeSync } from 'node:fs'; export const loud = () => (writeSync(1, 'native\\n'), 1);`;
      await writeFile(join(folder, 'loud.mjs'), module);
      await writeFile(join(folder, 'requests'), asLines([{ id: 'a', image: 'red.png' }]));
      const line =
        '{ "$NODE" "$BIN" --model model --measure ./loud.mjs#loud < requests | cat > answers; } 2>&1 | cat > errors';
      await inBash(line, folder);
      expect(answersOf(readFileSync(join(folder, 'answers'), 'utf8'))).toMatchObject([{ id: 'a', error: null }]);
      expect(readFileSync(join(folder, 'errors'), 'utf8')).toContain('native\n');
    },
  );

  it('a measure of a user that throws is the error of its image', async () => {
    const folder = await workerProject();
    const module = `let n = 0; export function odd(s) { if (n++ === 2) throw new Error('no'); return s[0]; }`;
    await writeFile(join(folder, 'odd.mjs'), module);
    const input = asLines(['1', '2', '3'].map((id) => ({ id, image: 'red.png' })));
    const { code, stdout } = await runWorker(folder, ['--measure', './odd.mjs#odd'], input);
    expect(code).toBe(0);
    expect(answersOf(stdout).map(({ error }) => error?.code ?? null)).toEqual([null, 'plugin-failed', null]);
  });
});

/** NaN where the system does not say it. */
function residentMegabytes(pid: number): number {
  const path = `/proc/${pid}/status`;
  const kilobytes = existsSync(path) ? /VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? NaN : Number(kilobytes) / 1024;
}
