import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { entry } from './pool.ts';

const built = new URL('../dist/index.js', import.meta.url).href;

/** What a process printed that has a pool, and how it ended. */
async function program(
  code: string,
  options = '',
): Promise<{ out: string; err: string; code: number | null; signal: string | null }> {
  const script = `
    import { createExitGuard, createThreadPool } from ${JSON.stringify(built)};
    const pool = await createThreadPool({ entry: new URL(${JSON.stringify(entry.href)}), name: 'numbers', threads: 2, ${options} });
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { timeout: 100_000 });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...ended) => resolve(ended)),
  );
  return { out: out.trimEnd(), err, code: status, signal };
}

const clean = { err: '', code: 0, signal: null };

describe('a process with a pool', () => {
  test.each(['', 'silent: true'])('ends by itself while the threads are idle, with { %s }', async (options) => {
    expect(await program('await pool.run({ id: 1 });', options)).toMatchObject(clean);
  });

  test('ends by itself when nothing was ever asked', async () => {
    expect(await program('')).toMatchObject(clean);
  });

  test('stays until the requests that nobody awaits are answered', async () => {
    const ended = await program('void pool.run({ block: 100 }).then(() => console.log("answered"));');
    expect(ended).toEqual({ ...clean, out: 'answered' });
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
  /** Ends while two threads are at it for so many milliseconds, and each would say when it is
   * through.
   */
  const exitDuring = (block: number): string => `
    const turnstile = new Int32Array(new SharedArrayBuffer(8));
    Atomics.store(turnstile, 0, 1);
    for (let i = 0; i < 2; i++) void pool.run({ turnstile, block: ${block}, tell: 'through' });
    while (Atomics.load(turnstile, 1) < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    process.exit(3);`;
  const longerThanAnyTest = 10 ** 9;

  test('waits for the requests that threads are at, where they have a guard', async () => {
    const ended = await program(exitDuring(500), 'guard: createExitGuard({ patience: 90_000 })');
    expect(ended).toEqual({ ...clean, code: 3, out: 'through\nthrough' });
  });

  test('waits no longer than the guard has patience', async () => {
    const ended = await program(exitDuring(longerThanAnyTest), 'guard: createExitGuard({ patience: 100 })');
    expect(ended).toEqual({ ...clean, code: 3, out: '' });
  });

  test('waits for nothing where threads are idle, or have no guard', async () => {
    const idle = await program('await pool.run({}); process.exit(3)', 'guard: createExitGuard()');
    expect(idle).toMatchObject({ ...clean, code: 3 });
    expect(await program(exitDuring(longerThanAnyTest))).toEqual({ ...clean, code: 3, out: '' });
  });
});
