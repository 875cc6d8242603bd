import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { inputs, toyProject } from './toy-run.ts';

describe('the process', () => {
  it('ends with 2 for a wrong command line', async () => {
    expect(await spawnCli(['select', '--strateg', 'margin'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('says its version', async () => {
    expect(await spawnCli(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });
});

describe('a gate', () => {
  it.each([
    ['--strict', ['--strict'], '--strict: 1 of 4 images failed'],
    ['--fail-on failed>20%', ['--fail-on', 'failed>20%'], '1 failed of 4 images'],
    ['--fail-on boxes<13', ['--fail-on', 'boxes<13'], '12 boxes of 4 images'],
  ])('%s gives exit code 3, and the result stays', async (_, gate, message) => {
    const folder = await toyProject();
    await writeFile(join(folder, 'photos/broken.jpg'), 'no picture');
    for (const [command, out] of [
      ['select', 'found'],
      ['predict', 'predictions'],
    ] as const) {
      const { code, stdout, stderr } = await runCli([command, ...inputs, '--out', out, '--json', ...gate], {
        cwd: folder,
      });
      expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(message) as string });
      expect(stdout).toContain('"type":"result"');
    }
    expect(await readdir(join(folder, 'found'))).toContain('selection.json');
    const resumed = await runCli(['predict', ...inputs, '--out', 'predictions', '--resume', ...gate], { cwd: folder });
    expect(resumed).toMatchObject({ code: 3, stderr: expect.stringContaining(message) as string });
  });

  it.each([['failed>25%'], ['failed>1'], ['boxes<12'], ['boxes>12']])('%s holds nothing back', async (gate) => {
    const folder = await toyProject();
    await writeFile(join(folder, 'photos/broken.jpg'), 'no picture');
    const run = ['predict', ...inputs, '--out', '-', '--fail-on', gate];
    expect(await runCli(run, { cwd: folder })).toMatchObject({ code: 0 });
  });
});
