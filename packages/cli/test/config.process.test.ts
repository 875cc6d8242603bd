import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessOutcome } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { lines, runCli } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { inputs, toyPredictions, toyProject } from './toy-run.ts';

describe('settings', () => {
  it('a flag goes before the environment, that before the project, that before home', async () => {
    const folder = await toyProject();
    const home = join(folder, 'home');
    for (const name of ['flag', 'env', 'project'])
      await writeImages(join(folder, name), { [`${name}.jpg`]: [0, 0, 0] });
    await writeImages(join(home, 'user'), { 'user.jpg': [0, 0, 0] });
    await writeFile(join(home, '.qualmrc'), 'images: user\nlimit: 1\n');
    const seen = async (args: readonly string[], env: Record<string, string>): Promise<unknown> => {
      const run = ['predict', '--model', 'model/quarters.json', '--out', '-', ...args];
      const { stdout, stderr } = await runCli(run, { cwd: folder, env: { HOME: home, ...env } });
      return lines(stdout).map(({ image_id }) => image_id)[0] ?? stderr;
    };
    expect(await seen([], {})).toBe('user.jpg');
    await writeFile(join(folder, 'qualm.config.yaml'), 'images: project\nstrategy: entropy\n');
    expect(await seen([], {})).toBe('project.jpg');
    expect(await seen([], { QUALM_IMAGES: 'env' })).toBe('env.jpg');
    expect(await seen(['--images', 'flag'], { QUALM_IMAGES: 'env' })).toBe('flag.jpg');
    expect(await seen(['--images', 'flag'], {})).toBe('flag.jpg');
  });

  it('a setting reaches every command that has the option', async () => {
    const folder = await toyPredictions();
    await writeFile(join(folder, 'qualm.config.json'), '{ "strategy": "entropy", "limit": 2 }');
    const { stdout } = await runCli(['rank', 'predictions'], { cwd: folder });
    const [header, ...rows] = stdout.trim().split('\r\n');
    expect(header).toContain('entropy');
    expect(rows).toHaveLength(2);
  });

  it('flags without a value are true or false', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'qualm.config.yaml'), 'dry-run: true\n');
    expect(await runCli(['predict', ...inputs, '--out', 'out'], { cwd: folder })).toMatchObject({ code: 0 });
    expect(await readdir(folder)).not.toContain('out');
  });

  it.each([
    ['modle: x', '"modle" is not an option of any command'],
    ['strategy: [a, b]', 'expected "option: value" lines; strategy: '],
    ['just text', 'expected "option: value" lines'],
    ['limit: many', 'limit: many: expected a whole number from 1'],
    ['device: tpu', 'device: tpu: Allowed choices are auto, cpu, cuda'],
    ['json: maybe', 'json: expected true or false, not maybe'],
    ['model: true', 'model: expected a value, not true'],
    ['a: "', 'cannot be read'],
  ])('%j is refused, with the name of the file', async (text, message) => {
    const folder = await toyProject();
    await writeFile(join(folder, 'qualm.config.yaml'), text);
    const { code, stdout, stderr }: ProcessOutcome = await runCli(['predict', ...inputs, '--out', '-'], {
      cwd: folder,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(folder);
  });

  it('an empty file, and one of comments, say nothing', async () => {
    const folder = await toyProject();
    await mkdir(join(folder, 'home'));
    await writeFile(join(folder, 'qualm.config.yaml'), '# nothing\n');
    await writeFile(join(folder, 'home/qualm.config.yaml'), '');
    const run = ['predict', ...inputs, '--out', '-'];
    expect(await runCli(run, { cwd: folder, env: { HOME: join(folder, 'home') } })).toMatchObject({ code: 0 });
  });
});
