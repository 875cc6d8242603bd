import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPredictions } from '@qualm/datasets';
import { outcomeOf } from '@qualm/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCli, spawnCli, startCli, temporaryFolder } from './run-cli.ts';
import { writeManyImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';
import { toyPredictions } from './toy-run.ts';

const numImages = 48;
/** Of which some hit the middle of a run; `integration/src/kill-runs.ts` kills a hundred. */
const kills = 4;

/** Windows has no signals. */
describe.skipIf(process.platform === 'win32')('a run that is stopped', () => {
  let project = '';
  let undisturbed: Record<string, string> = {};
  let select: string[] = [];

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'qualm-cli-'));
    const images = await writeManyImages(join(project, 'photos'), numImages);
    const model = await writeToyModel(join(project, 'model'), { products: 6 });
    select = ['select', '--images', images, '--model', model, '--shard-rows', '4', '--top', '4', '--out'];
    const { code, stderr } = await spawnCli([...select, join(project, 'undisturbed')]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    undisturbed = await contents(join(project, 'undisturbed'));
    expect(Object.keys(undisturbed)).toHaveLength(numImages / 4 + 5);
  });

  afterAll(() => rm(project, { recursive: true, force: true }));

  it('by Ctrl-C says so, ends with 130, and --resume ends in the same bytes', async () => {
    const out = join(await temporaryFolder(), 'found');
    const child = startCli([...select, out]);
    const outcome = outcomeOf(child);
    await untilStored(out, 2);
    const told = saying(child, 'stopping');
    child.kill('SIGINT');
    await told;
    const { code, stdout, stderr } = await outcome;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(
      /stopping; press Ctrl-C again to quit at once\n[^]*\d+ of 48 images are stored; the same command with --resume goes on\nqualm: interrupted\n/,
    );
    expect(stderr).not.toMatch(/\n\s+at /);
    const stored = /(\d+) of 48 images are stored/.exec(stderr)![1];
    expect(Number(stored)).toBeGreaterThanOrEqual(8);
    expect((await readPredictions(join(out, 'predictions'))).length).toBe(Number(stored));
    const resumed = await spawnCli([...select, out, '--resume']);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).toContain(`resuming: ${stored} of 48 images are done already`);
    expect(await contents(out)).toEqual(undisturbed);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('by %s keeps what is done, as by Ctrl-C', async (signal) => {
    const out = join(await temporaryFolder(), 'found');
    const child = startCli([...select, out]);
    const outcome = outcomeOf(child);
    await untilStored(out, 1);
    child.kill(signal);
    const { code, stderr } = await outcome;
    expect({ code, stderr }).toMatchObject({ code: 130 });
    const stored = Number(/(\d+) of 48 images are stored/.exec(stderr)![1]);
    expect((await readPredictions(join(out, 'predictions'))).length).toBe(stored);
    expect(await readdir(join(out, 'predictions'))).not.toContain('_qualm.lock');
  });

  it('a second Ctrl-C ends it at once', async () => {
    const out = join(await temporaryFolder(), 'found');
    const child = startCli([...select, out]);
    const outcome = outcomeOf(child);
    await untilStored(out, 1);
    const told = saying(child, 'stopping');
    child.kill('SIGINT');
    child.kill('SIGINT');
    const second = setInterval(() => child.kill('SIGINT'), 5);
    onTestFinished(() => clearInterval(second));
    await told;
    expect(await outcome).toMatchObject({ code: 130 });
    clearInterval(second);
    expect(await spawnCli([...select, out, '--resume'])).toMatchObject({ code: 0 });
    expect(await contents(out)).toEqual(undisturbed);
  });

  it(`by SIGKILL at ${kills} moments, and resumed, ends in the same bytes each time`, async () => {
    const whole = numImages / 4;
    const stored: number[] = [];
    for (let i = 0; i < kills; i++) {
      const out = join(await temporaryFolder(), 'found');
      const child = startCli([...select, out]);
      const outcome = outcomeOf(child);
      await untilStored(out, Math.floor(whole * Math.random()));
      await sleep(200 * Math.random());
      child.kill('SIGKILL');
      await outcome;
      stored.push(await numShards(out));
      const { code, stderr } = await runCli([...select, out, '--resume']);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(await contents(out)).toEqual(undisturbed);
      await rm(out, { recursive: true });
    }
    console.info(`killed with ${stored.join(', ')} of ${whole} shards stored`);
    expect(stored.some((shards) => shards > 0 && shards < whole)).toBe(true);
  }, 180_000);
});

describe('a signal', () => {
  it('stops a command that waits for its list of images', async () => {
    const child = startCli(['predict', '--images', '-', '--model', 'none.json', '--out', '-']);
    const outcome = outcomeOf(child);
    await saying(child, 'starting');
    await sleep(1000);
    child.kill('SIGINT');
    expect(await outcome).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringMatching(/qualm: interrupted\n$/) as string,
    });
  });

  it.each([
    ['ranking', ['rank', 'predictions']],
    ['drawing', ['render', 'predictions', '--out', 'drawn']],
  ])('stops %s too', async (_, args) => {
    const folder = await toyPredictions();
    const signal = AbortSignal.abort();
    const { code, stdout, stderr } = await runCli(args, { cwd: folder, signal });
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: 'qualm: interrupted\n' });
    expect(await readdir(folder)).not.toContain('drawn');
  });
});

async function numShards(out: string): Promise<number> {
  const names = await readdir(join(out, 'predictions')).catch(() => []);
  return names.filter((name) => /^part-\d+\.parquet$/.test(name)).length;
}

async function untilStored(out: string, shards: number): Promise<void> {
  while ((await numShards(out)) < shards) await sleep(5);
}

async function saying(child: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  for (let said = ''; !said.includes(text);) {
    const [chunk] = (await once(child.stderr, 'data')) as [string];
    said += chunk;
  }
}

/** What a selection holds, by name: the predictions' bytes and the lists, with the paths of the run
 * left out.
 */
async function contents(out: string): Promise<Record<string, string>> {
  const predictions = (await readdir(join(out, 'predictions'))).map((name) => join('predictions', name));
  const names = [...predictions, 'detections.csv', 'images.csv', 'selection.json'];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(out, name))).toString('base64')] as const)),
  );
}
