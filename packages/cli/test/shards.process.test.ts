import { once } from 'node:events';
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lines, runCli, spawnCli, startCli, temporaryFolder } from './run-cli.ts';
import { jpegOf, writeManyImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';
import { inputs } from './toy-run.ts';

const images = 60;

/** A folder with the toy model, and many photographs of which one is broken. */
async function project(): Promise<string> {
  const folder = await temporaryFolder();
  await writeManyImages(join(folder, 'photos'), images);
  await writeFile(join(folder, 'photos', '031.jpg'), 'no image');
  await writeToyModel(join(folder, 'model'));
  return folder;
}

const predict = ['predict', ...inputs, '--shard-rows', '7'];

function share(index: number, count: number, ...more: readonly string[]): string[] {
  return [...predict, '--shard', `${index}/${count}`, '--out', `shares/${index}`, ...more];
}

async function predictShares(cwd: string, count: number, ...more: readonly string[]): Promise<void> {
  for (let index = 1; index <= count; index++)
    expect(await runCli(share(index, count, ...more), { cwd })).toMatchObject({ code: 0 });
}

async function mergeShares(cwd: string, out = 'merged'): Promise<Awaited<ReturnType<typeof runCli>>> {
  const names = await readdir(join(cwd, 'shares'));
  return runCli(['merge', ...names.map((name) => `shares/${name}`), '--out', out], { cwd });
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
  return Object.fromEntries(await Promise.all(files));
}

async function expectUndivided(cwd: string, stdin?: string): Promise<void> {
  const args = stdin === undefined ? predict : fromStdin;
  expect(await runCli([...args, '--out', 'whole'], { cwd, ...(stdin && { stdin }) })).toMatchObject({ code: 0 });
  expect(await contents(join(cwd, 'merged'))).toEqual(await contents(join(cwd, 'whole')));
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const fromStdin = ['predict', '--images', '-', '--model', 'model/quarters.json', '--shard-rows', '7'];

describe('predict --shard and merge', () => {
  it('give the bytes of the undivided run, errors of images among them, and say what they did', async () => {
    const cwd = await project();
    const first = await runCli(share(1, 3), { cwd });
    expect(first.stderr).toMatch(/^share 1\/3: \d+ of 60 images$/m);
    await predictShares(cwd, 3, '--resume');
    const merged = await mergeShares(cwd);
    expect(merged).toMatchObject({ code: 0, stdout: '' });
    expect(merged.stderr).toContain(`60 images of 3 shares, 1 failed; look at ${join(cwd, 'merged')}`);
    await expectUndivided(cwd);
    const again = await mergeShares(cwd);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/merged" is there already/) as string });
    const stopped = await runCli(['merge', 'shares/1', '--out', 'stopped'], { cwd, signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ code: 130 });
    const told = await runCli(['merge', 'shares/1', 'shares/3', 'shares/2', '--out', 'json', '--json'], { cwd });
    expect(lines(told.stdout).at(-1)).toMatchObject({ images: 60, failed: 1, shares: 3, out: join(cwd, 'json') });
  });

  it('a share that is killed and resumed ends in the same bytes', async () => {
    const cwd = await project();
    await predictShares(cwd, 2);
    const calm = await contents(join(cwd, 'shares/2'));
    await rm(join(cwd, 'shares/2'), { recursive: true });
    const child = startCli(share(2, 2, '--sessions', '1'), { cwd });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    while (!(await isThere(join(cwd, 'shares/2/part-00000.parquet')))) await sleep(1);
    child.kill('SIGKILL');
    await ended;
    if ((JSON.parse(await readFile(join(cwd, 'shares/2/_qualm.json'), 'utf8')) as { rows: unknown }).rows === null) {
      const early = await mergeShares(cwd);
      expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('share 2/2 in ') as string });
      expect(early.stderr).toMatch(/is not finished: \d+ of \d+ images are missing, "\d+\.jpg"/);
    }
    expect(await spawnCli(share(2, 2, '--resume'), { cwd })).toMatchObject({ code: 0 });
    expect(await contents(join(cwd, 'shares/2'))).toEqual(calm);
    expect(await mergeShares(cwd)).toMatchObject({ code: 0 });
    await expectUndivided(cwd);
  });

  it('take paths from stdin, also when a run is killed while it waits for them', async () => {
    const cwd = await project();
    const paths = Array.from({ length: images }, (_, i) => join(cwd, 'photos', `${String(i).padStart(3, '0')}.jpg`));
    const stdin = paths.map((path) => `${path}\n`).join('');
    const run = (index: number, ...more: string[]): string[] => [
      ...fromStdin,
      '--shard',
      `${index}/2`,
      '--out',
      `shares/${index}`,
      ...more,
    ];
    const child = startCli(run(1), { cwd });
    child.stdin.on('error', () => undefined);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    child.stdin.write(
      paths
        .slice(0, 40)
        .map((path) => `${path}\n`)
        .join(''),
    );
    while (!(await isThere(join(cwd, 'shares/1/part-00000.parquet')))) await sleep(5);
    child.kill('SIGKILL');
    await ended;
    const early = await runCli(['merge', 'shares/1', '--out', 'merged'], { cwd });
    expect(early).toMatchObject({ code: 1 });
    expect(early.stderr).toMatch(/1 of 2 shares is missing: 2\/2; share 1\/2 in .* is not finished: \d+ images are/);
    expect(await runCli(run(1, '--resume'), { cwd, stdin })).toMatchObject({ code: 0 });
    expect(await runCli(run(2), { cwd, stdin })).toMatchObject({ code: 0 });
    expect(await mergeShares(cwd)).toMatchObject({ code: 0 });
    await expectUndivided(cwd, stdin);
    const longer = await runCli(run(2, '--resume'), { cwd, stdin: `${stdin}${join(cwd, 'photos', 'x.jpg')}\n` });
    expect(longer).toMatchObject({ code: 1 });
    expect(longer.stderr).toMatch(/of a list of 60 images, now of 61|is complete with|holds \d+ rows/);
  });

  it('--retry-failed mends a share, and the merged run is the one over the mended images', async () => {
    const cwd = await project();
    await predictShares(cwd, 3);
    await writeFile(join(cwd, 'photos', '031.jpg'), await jpegOf([255, 130, 0]));
    await predictShares(cwd, 3, '--retry-failed');
    expect((await mergeShares(cwd)).stderr).toContain('60 images of 3 shares, 0 failed');
    await expectUndivided(cwd);
  });

  it('is resumed as the share that it is, of the list that it was', async () => {
    const cwd = await project();
    await predictShares(cwd, 2);
    const wrong = async (args: readonly string[]): Promise<string> => {
      const { code, stderr } = await runCli([...args, '--resume'], { cwd });
      expect(code).toBe(1);
      return stderr;
    };
    expect(await wrong([...predict, '--shard', '2/2', '--out', 'shares/1'])).toContain('share was 1/2, is 2/2');
    expect(await wrong([...predict, '--shard', '1/3', '--out', 'shares/1'])).toContain('share was 1/2, is 1/3');
    expect(await wrong([...predict, '--out', 'shares/1'])).toContain('share was 1/2, is not there');
    await writeFile(join(cwd, 'photos', 'new.jpg'), await jpegOf([255, 0, 0]));
    for (const index of [1, 2])
      expect(await wrong(share(index, 2))).toMatch(/all images was 60 with the ids \w+, is 61 with the ids \w+/);
    await rm(join(cwd, 'shares/2'), { recursive: true });
    expect(await runCli(share(2, 2), { cwd })).toMatchObject({ code: 0 });
    const { code, stderr } = await mergeShares(cwd);
    expect(code).toBe(1);
    expect(stderr).toMatch(/not of one list of images: 60 images in ".*shares\/1"; 61 images in ".*shares\/2"/);
  });

  it('refuses shares of other options, and a share that is being written', async () => {
    const cwd = await project();
    await predictShares(cwd, 2);
    await rm(join(cwd, 'shares/2'), { recursive: true });
    await runCli(share(2, 2, '--min-score', '0.5'), { cwd });
    const other = await mergeShares(cwd);
    expect(other.stderr).toMatch(/shares\/2": min-score was as the spec says, is 0\.5;/);
    await rm(join(cwd, 'shares/2'), { recursive: true });
    const child = startCli([...fromStdin, '--shard', '2/2', '--out', 'shares/2'], { cwd });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.write(`${join(cwd, 'photos', '000.jpg')}\n`);
    while (!(await isThere(join(cwd, 'shares/2/_qualm.json')))) await sleep(5);
    const running = await mergeShares(cwd);
    expect(running).toMatchObject({ code: 1 });
    expect(running.stderr).toMatch(new RegExp(`process ${child.pid} .* is writing to ".*shares/2"`));
    expect((await readdir(cwd)).sort()).toEqual(['model', 'photos', 'shares']);
  });

  it('says of one share what it is when it is read as if it were all', async () => {
    const cwd = await project();
    await predictShares(cwd, 2);
    for (const args of [
      ['rank'],
      ['batch', '--count', '3'],
      ['report', '--out', 'page.html'],
      ['render', '--top', '1'],
    ]) {
      const { code, stderr } = await runCli([args[0]!, 'shares/1', ...args.slice(1)], { cwd });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(stderr).toMatch(/shares\/1" is share 1\/2 of a run: \d+ images of a list of 60; put all .* qualm merge/);
    }
  });

  it('takes a share without any image', async () => {
    const cwd = await project();
    await predictShares(cwd, 4, '--limit', '2');
    expect((await mergeShares(cwd)).stderr).toContain('2 images of 4 shares');
    expect(await runCli([...predict, '--limit', '2', '--out', 'whole'], { cwd })).toMatchObject({ code: 0 });
    expect(await contents(join(cwd, 'merged'))).toEqual(await contents(join(cwd, 'whole')));
  });
});
