import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { entry } from './pool.ts';

const built = new URL('../dist/index.js', import.meta.url).href;

/** What a process printed that has a pool, how it ended, and after how long. */
async function program(
  code: string,
  options = '',
): Promise<{ out: string; err: string; code: number | null; signal: string | null; milliseconds: number }> {
  const script = `
    import { createExitGuard, createThreadPool } from ${JSON.stringify(built)};
    const pool = await createThreadPool({ entry: new URL(${JSON.stringify(entry.href)}), name: 'numbers', threads: 2, ${options} });
    const asked = performance.now();
    process.on('exit', () => console.log(performance.now() - asked));
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000 });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...ended) => resolve(ended)),
  );
  const lines = out.trimEnd().split('\n');
  const milliseconds = Number(lines.pop());
  return { out: lines.join('\n'), err, code: status, signal, milliseconds };
}

const clean = { err: '', code: 0, signal: null };

describe('a process with a pool', () => {
  test('ends by itself while the threads are idle', async () => {
    expect(await program('await pool.run({ id: 1 });')).toMatchObject(clean);
  });

  test('ends by itself when nothing was ever asked', async () => {
    expect(await program('')).toMatchObject(clean);
  });

  test('stays until the requests that nobody awaits are answered', async () => {
    const { milliseconds, ...ended } = await program(
      'void pool.run({ wait: 300 }).then(() => console.log("answered"));',
    );
    expect(ended).toEqual({ ...clean, out: 'answered' });
    expect(milliseconds).toBeGreaterThan(250);
  });

  test('stays until a pool that is disposed of has ended its threads', async () => {
    const ended = await program('void pool.dispose().then(() => console.log("gone"));');
    expect(ended).toMatchObject({ ...clean, out: 'gone' });
  });

  test('gives the service its dispose()', async () => {
    const { out } = await program('await pool.dispose();', 'workerData: () => ({ note: "tell" })');
    expect(out).toBe('disposed of\ndisposed of');
  });

  test.each([
    ['', 'printed'],
    ['silent: true', ''],
  ])('with { %s } prints "%s" where the service prints', async (options, out) => {
    const ended = await program('await pool.run({ print: true }); await pool.dispose();', options);
    expect(ended).toMatchObject({ ...clean, out });
  });
});

describe('process.exit()', () => {
  const exitDuring = (block: number): string =>
    `for (let i = 0; i < 2; i++) void pool.run({ block: ${block} }); setTimeout(() => process.exit(3), 200);`;

  test('waits for the requests that threads are at, where they have a guard', async () => {
    const { milliseconds, ...ended } = await program(exitDuring(1_500), 'guard: createExitGuard()');
    expect(ended).toEqual({ ...clean, code: 3, out: '' });
    expect(milliseconds).toBeGreaterThan(1_400);
  });

  test('waits no longer than the guard has patience', async () => {
    const { milliseconds, ...ended } = await program(exitDuring(9_000), 'guard: createExitGuard({ patience: 100 })');
    expect(ended).toEqual({ ...clean, code: 3, out: '' });
    expect(milliseconds).toBeLessThan(8_000);
  });

  test('waits for nothing where threads are idle, or have no guard', async () => {
    const idle = await program('await pool.run({}); process.exit(3)', 'guard: createExitGuard()');
    expect(idle).toMatchObject({ ...clean, code: 3 });
    const bare = await program(exitDuring(9_000));
    expect(bare).toMatchObject({ ...clean, code: 3 });
    expect(bare.milliseconds).toBeLessThan(8_000);
  });
});
