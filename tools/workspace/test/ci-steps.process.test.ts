import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

/** What a script prints that has sourced `.ci/steps`, with its exit status. */
async function run(script: string, files: Readonly<Record<string, string>> = {}): Promise<[string, number | null]> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-steps-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const sourced = `set -u\n. "${join(root, '.ci/steps')}"\n${script}\nfinish`;
  const { stdout, status } = spawnSync('bash', ['-c', sourced], { cwd: folder, encoding: 'utf8' });
  return [stdout, status];
}

const numbered = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('');

const vitest = [
  ' ✓ unit a.test.ts > is fine\n',
  `${red('⎯⎯⎯ Failed Tests 2 ⎯⎯⎯')}\n\n`,
  `${red(' FAIL ')} unit b.test.ts > adds\nAssertionError: expected 3 to be 4\n${numbered(100, 'difference')}`,
  ' FAIL  unit b.test.ts > takes away\nRangeError: no\n\n',
  ' Test Files  1 failed | 1 passed (2)\n',
].join('');

it('repeats nothing where every step passed', async () => {
  const [said, status] = await run('step one echo 1\nstep two echo 2');
  expect(said.replaceAll(/\d+ s\b/g, 'N s')).toBe(
    '\n=== one\n1\n=== one: N s, of the processors N s\n\n=== two\n2\n=== two: N s, of the processors N s\n\nall steps passed in N s\n',
  );
  expect(status).toBe(0);
});

it('runs every step, and ends with what failed and why: of anything the last 60 lines', async () => {
  const [said, status] = await run('step long sh -c "cat log; exit 3"\nstep good echo fine', { log: numbered(100) });
  const [, end] = said.split('=== why "long" failed\n');
  expect(end).toBe(`${numbered(100).split('\n').slice(40).join('\n')}\nfailed: "long"\n`);
  expect(said).toContain('=== good\nfine\n');
  expect(status).toBe(1);
});

it('of Vitest repeats the tests that failed with their messages, and names them last', async () => {
  const [said] = await run('step test sh -c "cat log; exit 1"\nstep "check it" ls /no/such/folder', { log: vitest });
  const [, test, check] = said.split(/=== why ".*" failed\n/);
  expect(test).not.toContain('is fine');
  expect(test).toContain(' FAIL  unit b.test.ts > adds\nAssertionError: expected 3 to be 4\ndifference 0\n');
  expect(test).not.toContain('difference 50');
  expect(test).toContain(' FAIL  unit b.test.ts > takes away\nRangeError: no\n\n Test Files  1 failed');
  expect(check).toMatch(
    /\/no\/such\/folder.*\n\nfailed: "test" "check it"\n FAIL {2}unit b.test.ts > adds\n FAIL {2}unit b.test.ts > takes away\n$/,
  );
});

it('a step may wait for what was started before it', async () => {
  const [said, status] = await run(
    '(echo done >log; exit 4) &\nstarted=$!\nended() { wait "$started" || { cat log; return 1; }; }\nstep ended ended',
  );
  expect(said).toContain('=== why "ended" failed\ndone\n');
  expect(status).toBe(1);
});
