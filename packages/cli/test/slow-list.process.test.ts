import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPredictions } from '@qualm/datasets';
import { outcomeOf } from '@qualm/testkit';
import type { ProcessOutcome } from '@qualm/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lines, spawnCli, startCli } from './run-cli.ts';
import { toyProject } from './toy-run.ts';

const model = ['--model', 'model/quarters.json'];
const fromStdin = ['predict', '--images', '-', ...model];

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly outcome: Promise<ProcessOutcome>;
  readonly said: () => string;
}

/** A command whose list of images is not at its end until the test says so. */
function start(args: readonly string[], cwd: string): Started {
  const child = startCli(args, { cwd });
  child.stdin.on('error', () => undefined);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: string) => (said += text));
  return { child, outcome: outcomeOf(child), said: () => said };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

async function shardsOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.parquet')).sort();
}

async function idsOf(folder: string): Promise<(string | number)[]> {
  return [...(await readPredictions(folder)).columns.image_id];
}

describe('paths that come slowly on stdin', () => {
  it('are predicted as they come: the first shard and the first progress are there before the list ends', async () => {
    const folder = await toyProject();
    const out = join(folder, 'found');
    const { child, outcome, said } = start([...fromStdin, '--out', 'found', '--shard-rows', '1', '--json'], folder);
    child.stdin.write('photos/a.jpg\n');
    await until(async () => (await shardsOf(out)).length === 1);
    await until(() => said().includes('"progress"'));
    expect(
      lines(
        said()
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .join('\n'),
      )[0],
    ).toMatchObject({
      type: 'progress',
      done: 1,
      total: null,
    });
    child.stdin.write('photos/b.j');
    child.stdin.end('pg\nphotos/c.jpg');
    const { code, stdout } = await outcome;
    expect(code).toBe(0);
    expect(lines(stdout).at(-1)).toMatchObject({ type: 'result', done: 3, failed: 0 });
    expect(await idsOf(out)).toEqual(['a', 'b', 'c'].map((name) => join(folder, `photos/${name}.jpg`)));
  });

  it('end where --limit does, whatever still comes', async () => {
    const folder = await toyProject();
    const { child, outcome } = start([...fromStdin, '--limit', '2', '--out', '-'], folder);
    child.stdin.write('photos/a.jpg\nphotos/b.jpg\nphotos/c.jpg\n');
    const { code, stdout } = await outcome;
    expect(code).toBe(0);
    expect(lines(stdout)).toHaveLength(2);
  });

  it('do not keep a command alive that failed', async () => {
    const folder = await toyProject();
    const { child, outcome } = start(['predict', '--images', '-', '--model', 'none.json', '--out', '-'], folder);
    child.stdin.write('photos/a.jpg\n');
    expect((await outcome).code).not.toBe(0);
  });

  it.skipIf(process.platform === 'win32')(
    'go on with --resume where Ctrl-C stopped them, if they are the same',
    async () => {
      const folder = await toyProject();
      const run = [...fromStdin, '--out', 'found', '--shard-rows', '1'];
      const { child, outcome } = start(run, folder);
      child.stdin.write('photos/a.jpg\nphotos/b.jpg\n');
      await until(async () => (await shardsOf(join(folder, 'found'))).length === 2);
      child.kill('SIGINT');
      expect(await outcome).toMatchObject({
        code: 130,
        stderr: expect.stringContaining('2 images are stored; the same') as unknown,
      });
      const others = await spawnCli([...run, '--resume'], { cwd: folder, stdin: 'photos/a.jpg\nphotos/c.jpg\n' });
      expect(others.code).toBe(1);
      expect(others.stderr).toMatch(/image 1 of the stream is ".*c.jpg", the sink holds ".*b.jpg" in its place/);
      const fewer = await spawnCli([...run, '--resume'], { cwd: folder, stdin: 'photos/a.jpg\n' });
      expect(fewer.stderr).toContain('the sink holds 2 rows, the source 1 image');
      const listed = await spawnCli(['predict', '--images', 'photos', ...model, ...run.slice(5), '--resume'], {
        cwd: folder,
      });
      expect(listed.stderr).toContain('images told by was ids of a stream, is time');
      const all = 'photos/a.jpg\nphotos/b.jpg\nphotos/c.jpg\n';
      const resumed = await spawnCli([...run, '--resume'], { cwd: folder, stdin: all });
      expect(resumed).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('resuming: 2 images are done already') as unknown,
      });
      const whole = await spawnCli([...fromStdin, '--out', 'whole', '--shard-rows', '1'], { cwd: folder, stdin: all });
      expect(whole.code).toBe(0);
      expect(await idsOf(join(folder, 'found'))).toEqual(await idsOf(join(folder, 'whole')));
    },
  );

  it('are counted by --dry-run', async () => {
    const folder = await toyProject();
    const { stderr } = await spawnCli([...fromStdin, '--out', 'found', '--dry-run'], { cwd: folder, stdin: 'a\nb\n' });
    expect(stderr).toContain('2 images would go to');
  });
});
