import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shellWord, workerCommand } from '../../src/texts/worker-command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-worker-command-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** A task's folder with files in it, each a program that prints its place and its arguments. */
async function taskFolder(name: string, files: readonly string[]): Promise<string> {
  const place = join(folder, name);
  await mkdir(place);
  for (const file of files) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await writeFile(join(place, file), '#!/bin/sh\necho "$0" "$@"\n', { mode: 0o755 });
  }
  return place;
}

function bash(
  command: string,
  cwd: string,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((done) => {
    execFile('/bin/bash', ['-c', command], { cwd }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const session = '3c0ffee';
const program = { archive: 'qualm-1a', session };

describe('workerCommand finds the archive of a bundle', () => {
  it.each([
    ['in the folder of the session', `${session}/qualm-1a`],
    ['in the working folder', 'qualm-1a'],
    ['in a folder of unknown name', 'other/qualm-1a'],
    ['that has its folder within it', `${session}/qualm-1a/qualm-1a`],
  ])('%s', async (name, place) => {
    const cwd = await taskFolder(name.replaceAll(' ', '-'), [`${place}/bin/node`]);
    const command = workerCommand(program, null, ['--top-k', '5', "it's"]);
    expect(await bash(command, cwd)).toMatchObject({
      ...{ code: 0, stderr: '' },
      stdout: expect.stringMatching(new RegExp(`${place}/bin/node .*${place}/worker.mjs --top-k 5 it's\n$`)) as string,
    });
  });

  it('of the session before that of another', async () => {
    const cwd = await taskFolder('two', ['other/qualm-1a/bin/node', `${session}/qualm-1a/bin/node`]);
    expect((await bash(workerCommand(program, null), cwd)).stdout).toContain(`${session}/qualm-1a/bin/node`);
  });

  it.each([
    ['and that of a model', 'qualm-model-2b'],
    ['and that of a model with its folder within it, as qualm bundle packs it', 'qualm-model-2b/qualm-model-2b'],
  ])('%s', async (name, place) => {
    const cwd = await taskFolder(name, ['qualm-1a/bin/node', `${session}/${place}/the spec.json`]);
    const model = { folder: { archive: 'qualm-model-2b', session }, spec: 'the spec.json' };
    const { stdout } = await bash(workerCommand(program, model), cwd);
    expect(stdout.trimEnd().endsWith(`--model ./${session}/${place}/the spec.json`)).toBe(true);
  });
});

it('workerCommand ends with 127 and says where it looked', async () => {
  const cwd = await taskFolder('none', []);
  const { code, stdout, stderr } = await bash(workerCommand(program, null), cwd);
  expect([code, stdout]).toEqual([127, '']);
  expect(stderr).toMatch(/^qualm: the archive qualm-1a is not there on \S+, in .*none\n$/);
});

it('workerCommand runs what is installed', async () => {
  const cwd = await taskFolder('opt', ['bin/node']);
  const { stdout } = await bash(workerCommand({ path: cwd }, null, ['--fingerprint']), folder);
  expect(stdout).toBe(`${cwd}/bin/node ${cwd}/worker.mjs --fingerprint\n`);
});

it('workerCommand ends with 127 where nothing is installed', async () => {
  const { code, stderr } = await bash(workerCommand({ path: '/opt/no qualm' }, null), folder);
  expect([code, stderr]).toEqual([127, expect.stringContaining('qualm: there is no /opt/no qualm/bin/node on ')]);
});

it('workerCommand runs a command of your own', async () => {
  const command = workerCommand({ command: 'echo qualm-worker' }, { folder: null, spec: 'mlflow:/my model/3' }, []);
  expect((await bash(command, folder)).stdout).toBe('qualm-worker --model mlflow:/my model/3\n');
});

it.each(['plain', "it's", '$HOME', '`id`', 'a\nb', '', '"'])('shellWord(%j) is one word', async (word) => {
  expect((await bash(`printf %s ${shellWord(word)}`, folder)).stdout).toBe(word);
});
